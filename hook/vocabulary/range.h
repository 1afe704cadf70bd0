// SPDX-License-Identifier: Apache-2.0
// A half-open range of byte positions in one object's content.
#pragma once

#include <cstddef>

namespace pushguard {

struct Range {
  size_t begin = 0;
  size_t end = 0;

  size_t size() const { return end - begin; }
  bool overlaps(const Range& other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const Range&, const Range&) = default;
};

}  // namespace pushguard
