// SPDX-License-Identifier: Apache-2.0
// Maps decoded text back to the bytes that encode it.
//
// Decoded text consists of units: the digits for base64 and hex, bytes for all others. A
// piece is a run of consecutive units that are all encoded with the same number of bytes.
// Rejected: a source position for each decoded byte (eight times the size of the text).
#pragma once

#include <cstddef>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

class SourceMap {
 public:
  // `unit_bits` is the number of bits in a unit: 6 for base64, 4 for hex, else 8.
  explicit SourceMap(size_t unit_bits = 8) : unit_bits_(unit_bits) {}

  // The units from number `unit` on are encoded from byte `source` on, in `width` bytes each.
  // Calls must be in ascending order.
  void add(size_t unit, size_t source, size_t width) { pieces_.push_back({unit, source, width}); }

  // The smallest source range that contains all bits of `decoded`, which must not be empty.
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
