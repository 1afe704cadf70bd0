// SPDX-License-Identifier: Apache-2.0
// From decoded text back to the bytes that it was written with.
//
// Decoded text is cut into units: bytes, but of base64 and hex the digits. A
// piece is a number of units that stand on end, each written with as many bytes.
// Rejected: a source position for each decoded byte (eight times the text).
#pragma once

#include <cstddef>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

class SourceMap {
 public:
  // Bits in a unit: 8, 6 for base64, 4 for hex.
  explicit SourceMap(size_t unit_bits = 8) : unit_bits_(unit_bits) {}

  // Units from `unit` on stand from `source` on, `width` bytes each. In order.
  void add(size_t unit, size_t source, size_t width) { pieces_.push_back({unit, source, width}); }

  // The source of decoded bytes, of which there is at least one: the smallest
  // that has all of their bits.
  Range source_of(Range decoded) const;

 private:
  struct Piece {
    size_t unit, source, width;
  };
  const Piece& piece_with(size_t unit) const;

  size_t unit_bits_;
  std::vector<Piece> pieces_;
};

}  // namespace pushguard
