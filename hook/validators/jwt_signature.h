// SPDX-License-Identifier: Apache-2.0
// The HMAC signatures of JSON Web Tokens, and the secrets that everybody knows.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// HMAC of `message` for "HS256", "HS384" or "HS512"; empty for other names.
std::string jwt_hmac(std::string_view algorithm, std::string_view key, std::string_view message);

// Whether a published sample secret made `signature`.
bool is_sample_signature(std::string_view algorithm, std::string_view message,
                         std::string_view signature);

}  // namespace pushguard
