// SPDX-License-Identifier: Apache-2.0
#include "history/ref_sets.h"

#include <algorithm>
#include <iterator>

namespace pushguard {
namespace {

bool contains(const RefSet& set, const RefSet& other) {
  return (other.all || !set.all) && std::ranges::includes(set.updates, other.updates);
}

}  // namespace

uint32_t RefSets::add(RefSet set) {
  in_all_ += set.updates.size();
  sets_.push_back(std::move(set));
  return static_cast<uint32_t>(sets_.size() - 1);
}

uint32_t RefSets::of(uint32_t update) { return add({{update}, true}); }

uint32_t RefSets::unite(uint32_t a, uint32_t b) {
  if (a > b) std::swap(a, b);
  if (a == b || a == kNone) return b;
  if (contains(sets_[b], sets_[a])) return b;
  if (contains(sets_[a], sets_[b])) return a;
  const auto known = united_.find({a, b});
  if (known != united_.end()) return known->second;
  RefSet both;
  both.all = sets_[a].all && sets_[b].all;
  std::ranges::set_union(sets_[a].updates, sets_[b].updates, std::back_inserter(both.updates));
  const size_t most = in_all_ >= most_in_all_ ? 1 : kMost;
  if (both.updates.size() > most) {
    both.updates.resize(most);
    both.all = false;
  }
  for (const uint32_t one : {a, b}) {
    if (both.updates == sets_[one].updates && both.all == sets_[one].all) return one;
  }
  const uint32_t number = add(std::move(both));
  united_[{a, b}] = number;
  return number;
}

}  // namespace pushguard
