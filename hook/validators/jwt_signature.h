// SPDX-License-Identifier: Apache-2.0
// HMAC signatures of JSON Web Tokens (RFC 7518, 3.2), and published sample secrets for them.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// The HMAC of `message` with the algorithm "HS256", "HS384" or "HS512", as bytes; empty for
// other algorithms.
std::string jwt_hmac(std::string_view algorithm, std::string_view key, std::string_view message);

// Whether `signature` (bytes) of `message` was made with a published sample secret.
bool is_sample_signature(std::string_view algorithm, std::string_view message,
                         std::string_view signature);

}  // namespace pushguard
