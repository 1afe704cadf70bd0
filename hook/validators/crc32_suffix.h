// SPDX-License-Identifier: Apache-2.0
// Tokens of fixed size that end in a CRC-32 of the characters before it.
//
// Providers differ in whether the CRC covers the prefix, in the base and the order of its
// digits, and in the byte order. kLayouts in the .cc file has a row for each provider.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

enum class Crc32Token { vercel, deno, apify, cloudflare, zuplo, confluent, grafana };

// `unknown` when `secret` has not the size of the format.
template <Crc32Token kToken>
Validation check_crc32_suffix(std::string_view secret, int64_t now);
template <Crc32Token kToken>
void seal_crc32_suffix(std::string& secret);

// Atlassian: tokens of any size that end in eight upper-case hex digits, the CRC-32 of all
// before them. "=" may be written as "\=" or "%3D". App passwords ("ATBB") are `weakened`:
// Bitbucket ended them on 9 June 2026.
Validation check_atlassian_crc32(std::string_view secret, int64_t now);
void seal_atlassian_crc32(std::string& secret);

}  // namespace pushguard
