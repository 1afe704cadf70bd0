// SPDX-License-Identifier: Apache-2.0
// Tokens of GitHub, and of npm, which are made the same way.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// The last six characters are the CRC-32, in base62, of the 30 or 70 characters after the first
// "_". A longer text that does not begin with such a token is `unknown`: GitHub announced longer
// tokens, and stateless installation tokens (ghs_, app id, JWT) have no such check.
Validation check_github_crc32(std::string_view secret, int64_t now);
void seal_github_crc32(std::string& secret);

// 93 characters; 77 to 84 are base32 of the first bytes of the SHA-256 of those before. GitHub
// does not document this, so a mismatch is `unknown` and drops nothing.
Validation check_github_fine_grained(std::string_view secret, int64_t now);
void seal_github_fine_grained(std::string& secret);

}  // namespace pushguard
