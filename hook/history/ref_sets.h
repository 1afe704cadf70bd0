// SPDX-License-Identifier: Apache-2.0
// Which refs of a push reach an object: sets of ref updates, of which a history has few.
//
// Sets are immutable and named by number, since most commits have their child's. A set lists the
// kMost first updates and says whether there are more; when all sets together are too large,
// further ones list only their first, so that the cost does not depend on how refs and commits
// are arranged. Rejected: the first ref alone (an exception for `refs/heads/sandbox/*` let in
// what the same push gave to `main`).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace pushguard {

struct RefSet {
  std::vector<uint32_t> updates;  // ascending numbers of the push's ref updates
  bool all = true;                // whether these are all
};

class RefSets {
 public:
  static constexpr size_t kMost = 64, kMostInAll = size_t{1} << 20;
  static constexpr uint32_t kNone = 0;  // the empty set

  explicit RefSets(size_t most_in_all = kMostInAll) : most_in_all_(most_in_all), sets_(1) {}

  uint32_t of(uint32_t update);
  uint32_t unite(uint32_t a, uint32_t b);
  const RefSet& operator[](uint32_t number) const { return sets_[number]; }

 private:
  uint32_t add(RefSet set);

  const size_t most_in_all_;
  std::vector<RefSet> sets_;
  size_t in_all_ = 0;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> united_;
};

}  // namespace pushguard
