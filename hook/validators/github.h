// SPDX-License-Identifier: Apache-2.0
// GitHub's tokens, and npm's, which are made the same way.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// CRC-32 in base62 of the 30 or 70 characters after the first "_". Longer ones
// that do not begin with such a token are `unknown`: GitHub announced longer ones, and stateless
// installation tokens (ghs_, app id, JWT) have no such check.
Validation check_github_crc32(std::string_view secret, int64_t now);
void seal_github_crc32(std::string& secret);

// Eight characters of base32 of a SHA-256. Not documented by GitHub, so a
// mismatch drops nothing.
Validation check_github_fine_grained(std::string_view secret, int64_t now);
void seal_github_fine_grained(std::string& secret);

}  // namespace pushguard
