// SPDX-License-Identifier: Apache-2.0
// Tokens of fixed size that end in a CRC-32 of what stands before it.
//
// They differ in whether the prefix is covered, in the base and its digit
// order, and in the byte order; kLayouts in the .cc file tells them apart.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

enum class Crc32Token { vercel, deno, apify, cloudflare, zuplo, confluent, grafana };

// `unknown` for a size that the format does not have.
template <Crc32Token kToken>
Validation check_crc32_suffix(std::string_view secret, int64_t now);
template <Crc32Token kToken>
void seal_crc32_suffix(std::string& secret);

// Atlassian's tokens vary in size: eight upper-case hex digits, over all that
// stands before them. "=" may arrive as "\=" or "%3D". App passwords ("ATBB")
// are `weakened` since Bitbucket ended them on 9 June 2026.
Validation check_atlassian_crc32(std::string_view secret, int64_t now);
void seal_atlassian_crc32(std::string& secret);

}  // namespace pushguard
