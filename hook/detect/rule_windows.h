// SPDX-License-Identifier: Apache-2.0
// What a scanner knows of one rule in the content at hand: where to run its regex.
#pragma once

#include <algorithm>
#include <vector>

#include "detect/scanner.h"

namespace pushguard {

struct Scanner::Runner {
  explicit Runner(const Rule& of) : rule(&of) {}

  const Rule* rule;
  bool undecided = false;      // its program left a text to RE2
  const RE2* regex = nullptr;  // once it was needed
  const RE2* companion = nullptr;
  struct Window {
    Range range;
    bool settled;  // its candidates were taken over from the base
  };
  std::vector<Window> windows;  // of the content at hand, ascending, apart
  std::vector<Range> starts;    // a match begins in one of these

  void add(Window window, Range matches_begin) {
    if (!starts.empty() && matches_begin.begin >= starts.back().begin &&
        matches_begin.begin <= starts.back().end) {
      starts.back().end = std::max(starts.back().end, matches_begin.end);
    } else {
      starts.push_back(matches_begin);
    }
    for (; !windows.empty() && window.range.begin <= windows.back().range.end; windows.pop_back()) {
      const Window& last = windows.back();
      window.range = {std::min(window.range.begin, last.range.begin),
                      std::max(window.range.end, last.range.end)};
      window.settled = window.settled && last.settled;
    }
    windows.push_back(window);
  }

  // Afterwards they are ascending and apart.
  void merge_starts() {
    std::ranges::sort(starts, {}, &Range::begin);
    size_t kept = 0;
    for (const Range& next : starts) {
      if (kept > 0 && next.begin <= starts[kept - 1].end) {
        starts[kept - 1].end = std::max(starts[kept - 1].end, next.end);
      } else {
        starts[kept++] = next;
      }
    }
    starts.resize(kept);
  }
};

}  // namespace pushguard
