// SPDX-License-Identifier: Apache-2.0
// A run of base64 or hex digits that may continue over line ends.
//
// Encoders break long output into lines. Two lines belong to one run when the first has
// 40 to 80 digits and only a line end and indentation separate them. In strings of JSON
// and of source code the line end is the two characters "\n".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

class DigitLines {
 public:
  // The run that contains the byte at `position`, a digit of `kind` (codec/byte_kinds.h).
  // The byte must not be the letter of an escape, such as the 'n' of "\n".
  DigitLines(std::string_view content, size_t position, uint8_t kind);
  DigitLines() = default;

  Range range() const {
    if (lines_.empty()) return {};
    return {lines_.front().range.begin, lines_.back().range.end};
  }
  bool contains(size_t position) const {
    return position >= range().begin && position < range().end;
  }
  // The number of the digit at `position`, counted from the start of the run. Between two
  // lines: the number of the next digit.
  size_t number_of(size_t position) const;

 private:
  struct Line {
    Range range;
    size_t first;  // the number of its first digit
  };
  std::vector<Line> lines_;
};

// The start of the run of digits that ends or starts at `position` or contains it;
// `position` when there is none.
size_t begin_of_run(std::string_view content, size_t position, uint8_t kind);
// The end of the run that contains the digit before `position`; else `position`.
size_t end_of_run(std::string_view content, size_t position, uint8_t kind);

// The end of the digits that start at `position`.
size_t end_of_digits(std::string_view content, size_t position, uint8_t kind);
// The start of the next line's digits, when the run continues after the line of digits
// [begin, end); else `end`.
size_t next_line(std::string_view content, size_t begin, size_t end, uint8_t kind);

}  // namespace pushguard
