// SPDX-License-Identifier: Apache-2.0
// The most bytes between the start of a match and the end of its keyword: a search that starts
// at a keyword needs to look back no further.
//
// Found at build time by proving it (keywords/proof.h) of ever longer prefixes of the
// regex, and separately of each alternative in them (regex/sequence.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pushguard {

// Returns a number N for each of `keywords`: every match of `regex` contains a keyword that
// ends at most that keyword's N bytes after the start of the match. The keywords must be
// proved for the regex (keywords/proof.h). Only the first KeywordIndex::kLongest bytes of a
// keyword count. N is `longest_match`, the regex's longest match, where no smaller is proved.
std::vector<uint32_t> end_maxes_of(std::string_view regex, std::span<const std::string> keywords,
                                   uint32_t longest_match);

}  // namespace pushguard
