// SPDX-License-Identifier: Apache-2.0
#include "objects/delta_forest.h"

#include <algorithm>

namespace pushguard {

DeltaForest::DeltaForest(const std::vector<PackEntry>& entries) {
  const auto count = static_cast<uint32_t>(entries.size());
  first_.assign(count + 1, 0);
  for (uint32_t i = 0; i < count; ++i) {
    if (!entries[i].is_root()) ++first_[entries[i].base + 1];
  }
  for (uint32_t i = 0; i < count; ++i) first_[i + 1] += first_[i];
  children_.resize(first_[count]);
  std::vector<uint32_t> place(first_.begin(), first_.end() - 1);
  for (uint32_t i = 0; i < count; ++i) {
    if (!entries[i].is_root()) children_[place[entries[i].base]++] = i;
  }

  // Breadth first from the roots. Read backwards, every child comes before its base.
  std::vector<uint32_t>& order = place;
  order.clear();
  for (uint32_t i = 0; i < count; ++i) {
    if (entries[i].is_root()) order.push_back(i);
  }
  for (size_t i = 0; i < order.size(); ++i) {
    const auto kids = children(order[i]);
    order.insert(order.end(), kids.begin(), kids.end());
  }
  std::vector<uint32_t> descendants(count, 0);
  for (size_t i = order.size(); i-- > 0;) {
    for (const uint32_t child : children(order[i])) {
      descendants[order[i]] += 1 + descendants[child];
    }
  }
  for (uint32_t i = 0; i < count; ++i) {
    const auto begin = children_.begin() + first_[i], end = children_.begin() + first_[i + 1];
    if (end - begin < 2) continue;
    std::iter_swap(std::ranges::max_element(begin, end, {},
                                            [&](uint32_t child) { return descendants[child]; }),
                   end - 1);
  }

  if (order.size() < count) {
    std::vector<bool> reached(count);
    for (const uint32_t entry : order) reached[entry] = true;
    for (uint32_t i = 0; i < count; ++i) {
      if (!reached[i]) circular_.push_back(i);
    }
  }
}

}  // namespace pushguard
