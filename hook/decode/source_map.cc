// SPDX-License-Identifier: Apache-2.0
#include "decode/source_map.h"

#include <algorithm>

namespace pushguard {

const SourceMap::Piece& SourceMap::piece_with(size_t unit) const {
  const auto after = std::ranges::upper_bound(pieces_, unit, {}, &Piece::unit);
  return after == pieces_.begin() ? *after : *(after - 1);
}

Range SourceMap::source_of(Range decoded) const {
  const size_t first = decoded.begin * 8 / unit_bits_;
  const size_t last = (decoded.end * 8 + unit_bits_ - 1) / unit_bits_ - 1;
  const Piece &front = piece_with(first), &back = piece_with(last);
  return {front.source + (first - front.unit) * front.width,
          back.source + (last - back.unit + 1) * back.width};
}

}  // namespace pushguard
