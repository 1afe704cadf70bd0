// SPDX-License-Identifier: Apache-2.0
// A run of digits of base64 or hex, over the line ends within it.
//
// Long encodings are broken into lines. Two lines are one run when the first is
// 40 to 80 digits long and nothing but a line end and indentation stands between
// them; in strings of JSON and of source code the line end is the two characters
// "\n" themselves.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

class DigitLines {
 public:
  // The run with the byte at `position`, which is of `kind` (byte_kinds.h).
  // `position` must not be the letter of an escape.
  DigitLines(std::string_view content, size_t position, uint8_t kind);
  DigitLines() = default;

  Range range() const {
    if (lines_.empty()) return {};
    return {lines_.front().range.begin, lines_.back().range.end};
  }
  bool contains(size_t position) const {
    return position >= range().begin && position < range().end;
  }
  // The number of the digit at `position`, which is in one of the lines; of a
  // place between two, the first behind it.
  size_t number_of(size_t position) const;

 private:
  struct Line {
    Range range;
    size_t first;  // number of its first digit
  };
  std::vector<Line> lines_;
};

// Where a run starts whose digits reach `position` or start there; `position`
// if there are none.
size_t begin_of_run(std::string_view content, size_t position, uint8_t kind);
// Where a run ends that has the digit before `position`; else `position`.
size_t end_of_run(std::string_view content, size_t position, uint8_t kind);

// Where the digits at `position` end.
size_t end_of_digits(std::string_view content, size_t position, uint8_t kind);
// Where the next line's digits start, if a line of digits in [begin, end) goes
// on; else `end`.
size_t next_line(std::string_view content, size_t begin, size_t end, uint8_t kind);

}  // namespace pushguard
