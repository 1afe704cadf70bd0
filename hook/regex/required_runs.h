// SPDX-License-Identifier: Apache-2.0
// A cheap necessary condition for a match of a regex: runs of bytes that every match
// contains, such as 32 hex digits side by side, a quote, or '@'.
//
// One-sided: met_in() may be true without a match, never false with one. Most places
// with a rule's keyword lack a run, and then need neither the regex nor that it be
// compiled, which takes a millisecond. Only a site's rules need it: built-in ones have
// programs (regex/program.h). Rejected: runs that people write into rule files (a wrong
// one loses secrets in silence).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "regex/byte_set.h"

namespace pushguard {

struct RegexPart;

struct RequiredRun {
  ByteSet bytes;
  uint32_t size = 0;  // at least this many consecutive bytes of `bytes`
  int32_t only = -1;  // the byte, where the run is one certain byte

  bool stands_in(std::string_view text) const;
};

// The runs of a regex with these parts, rarest first, three at most. Texts without one
// of `keywords` are never asked about, so that what all keywords contain is no run.
std::vector<RequiredRun> required_runs(std::span<const RegexPart> parts,
                                       std::span<const std::string> keywords);

// False only where `text` contains no match.
bool met_in(std::span<const RequiredRun> runs, std::string_view text);

}  // namespace pushguard
