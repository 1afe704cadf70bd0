// SPDX-License-Identifier: Apache-2.0
// Finds base64 and hex of text, and base64 of gzip and zlib, from the places that the block
// filter marks.
//
// A place counts when enough digits around it, over the gaps of their run, could be printable
// ASCII in one phase; then the whole run is read once. So what only looks like digits costs a
// few steps, and nothing is read twice.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "codec/byte_kinds.h"
#include "decode/digit_lines.h"
#include "decode/encoded_range.h"

namespace pushguard {

class DigitFinder {
 public:
  // Appends to `found`, which must outlive it.
  DigitFinder(std::string_view content, std::vector<EncodedRange>& found)
      : content_(content), found_(found) {}

  // 16 letters and digits end before `end`.
  void row(size_t end);
  // The line that ends at `end` has one group of letters and digits.
  void line(size_t end);
  // Pairs of letters and digits end before `end`, at equal distances.
  void pairs(size_t end);
  // "0x" or "0X" is at `at`.
  void zero_x(size_t at);
  // What may be the start of a gzip member ("H4") or of a zlib stream ("eJ") is at `at`.
  void packed(size_t at);

 private:
  struct Kind {
    Encoding encoding;
    uint8_t digits;      // of codec/byte_kinds.h
    uint8_t group;       // digits
    uint8_t first_role;  // bit in kRoles
    size_t fewest;       // digits
    size_t done = 0;     // where the last run that was read ends
  };
  struct Walk;

  void consider(Kind& kind, size_t position, unsigned index);
  bool fits_around(const Kind& kind, size_t position, unsigned index) const;
  void read_run(Kind& kind, size_t position);
  void add(const Kind& kind, const Walk& walk, size_t phase);
  bool is_text_pair(size_t at) const;
  bool is_packed(size_t at) const;
  void add_packed(size_t at);
  bool lines_before(size_t end);
  void narrow(size_t position);

  std::string_view content_;
  std::vector<EncodedRange>& found_;
  Kind base64_{Encoding::base64, kBase64Byte, 4, 0x01, 31};
  Kind hex_{Encoding::hex, kHexByte, 2, 0x10, 40};
  size_t packed_end_ = 0, packed_ = 0;  // the run with the last start of a packed stream
  size_t narrow_done_ = 0;
};

}  // namespace pushguard
