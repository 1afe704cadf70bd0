// SPDX-License-Identifier: Apache-2.0
// Facts about a regex that a scanner needs before it runs, computed from RE2's own syntax tree.
//
// pushguard-rulegen writes the longest match of the built-in rules as static data; the facts of a
// site's rules are computed when the rules are read. Rejected: facts that people write into rule
// files (a wrong one would silently lose secrets).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "regex/required_runs.h"

namespace pushguard {

struct RegexFacts {
  uint32_t longest_match = 0;  // the size of the longest match in bytes; 0: there is no bound
  std::vector<RequiredRun> required_runs;
  bool begins_text = false;  // every match begins where the text does
};

// `keywords` is as in required_runs(). Throws Error if RE2 refuses `regex`.
RegexFacts facts_of(std::string_view regex, std::span<const std::string> keywords);

}  // namespace pushguard
