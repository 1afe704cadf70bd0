// SPDX-License-Identifier: Apache-2.0
// The deltas of a pack as trees: which entry is the base of which others.
//
// The children of a base are ordered by their number of descendants, the largest last.
// A walk frees a base when it enters the last child. It therefore holds at most
// log2(n) + 1 bases at once, whatever the shape of the deltas: every other child has at
// most half of its base's descendants.
// Rejected: a cache of rebuilt bases with a size limit (it rebuilds chains repeatedly
// once the limit is reached; the worst case is quadratic).
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
  // Entries whose bases form a cycle: they cannot be rebuilt.
  const std::vector<uint32_t>& circular() const { return circular_; }

 private:
  std::vector<uint32_t> circular_;
  std::vector<uint32_t> first_;  // entry number -> start in children_
  std::vector<uint32_t> children_;
};

}  // namespace pushguard
