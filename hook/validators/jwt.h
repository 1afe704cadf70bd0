// SPDX-License-Identifier: Apache-2.0
// JSON Web Tokens (RFC 7519), in the compact form of three parts.
//
// A signature cannot be tested without its key, so the best that a sound token
// gets is `unknown` with a note. What is not JSON in base64url, unsigned,
// expired, or signed with a published sample secret is `weakened`.
// A token that was encoded once more ("ZXlK") is decoded first.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

Validation check_jwt(std::string_view secret, int64_t now);

}  // namespace pushguard
