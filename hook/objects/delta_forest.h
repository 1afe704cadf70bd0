// SPDX-License-Identifier: Apache-2.0
// Which object of a pack is a delta of which: the order of the walk.
//
// Each base's children are ordered so that the one with the most descendants
// comes last. A walk that gives up a base as soon as it turns to its last child
// then never holds more than log2(n) + 1 bases at once, whatever the shape of
// the deltas: every other child has at most half of its base's descendants.
// Rejected: a cache of rebuilt bases with a size limit (rebuilds chains again
// and again when the limit is met, and its worst case is quadratic).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "objects/pack_file.h"

namespace pushguard {

class DeltaForest {
 public:
  explicit DeltaForest(const std::vector<PackEntry>& entries);

  std::span<const uint32_t> children(uint32_t entry) const {
    return std::span(children_).subspan(first_[entry], first_[entry + 1] - first_[entry]);
  }
  // Entries whose bases form a circle.
  const std::vector<uint32_t>& circular() const { return circular_; }

 private:
  std::vector<uint32_t> circular_;
  std::vector<uint32_t> first_;  // entry number -> start in children_
  std::vector<uint32_t> children_;
};

}  // namespace pushguard
