// SPDX-License-Identifier: Apache-2.0
// How far from the start of a match a keyword ends: from a keyword, a search
// need not look back any further.
//
// Found at build time by proving it (keywords/proof.h) of ever longer beginnings
// of the regex, and of each alternative that it may begin with by itself.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pushguard {

// For each of `keywords`, which must be proved for the regex, so many bytes that
// every match has one of them that ends within its own number of bytes from the
// start of the match. Of a long keyword what is looked for counts
// (KeywordIndex::kLongest). `reach`, the length of the longest match, where no
// less is proved.
std::vector<uint32_t> end_maxes_of(std::string_view regex, std::span<const std::string> keywords,
                                   uint32_t reach);

}  // namespace pushguard
