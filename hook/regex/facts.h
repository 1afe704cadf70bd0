// SPDX-License-Identifier: Apache-2.0
// What a scanner must know of a regex before it runs, read off RE2's own tree.
//
// For built-in rules pushguard-rulegen writes it down as static data, for a site's
// rules it is computed when they are read. Rejected: people who write it into rule
// files (a wrong value loses secrets in silence).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "regex/required_runs.h"

namespace pushguard {

struct RegexFacts {
  uint32_t longest_match = 0;  // no match has more bytes; 0: there is no bound
  std::vector<RequiredRun> required_runs;
};

// `keywords` as required_runs() takes them. Throws Error if RE2 refuses `regex`.
RegexFacts facts_of(std::string_view regex, std::span<const std::string> keywords);

}  // namespace pushguard
