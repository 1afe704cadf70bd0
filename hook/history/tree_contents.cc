// SPDX-License-Identifier: Apache-2.0
#include "history/tree_contents.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "history/spin_then_lock.h"
#include "objects/tree_entries.h"

namespace pushguard {
namespace {

constexpr size_t kMostLevels = 200;  // of directories, more than people use

std::string_view as_text(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

uint64_t mixed(uint64_t word) {
  word = (word ^ word >> 32) * 0xd6e8feb86659fd93u;
  word = (word ^ word >> 32) * 0xd6e8feb86659fd93u;
  return word ^ word >> 32;
}

}  // namespace

struct TreeContents::Entry {
  size_t begin = 0;  // in the tree
  uint32_t id = kNone;
  uint32_t name = 0;  // hash

  bool same(const Entry& other) const { return id == other.id && name == other.name; }
};

class TreeContents::Listing : public Remembered {
 public:
  uint32_t record = kNone;
  std::vector<Entry> entries;  // directories and wanted objects, in the order of the tree

  uint64_t bytes() const override { return entries.size() * sizeof(Entry); }
};

// An entry of a listing whose id has no number yet.
struct TreeContents::Unnumbered {
  size_t entry = 0;
  Oid id;
};

TreeContents::TreeContents(OidSet wanted, OidTable& ids, std::mutex& lock, size_t most_items)
    : wanted_(std::move(wanted)),
      starts_wanted_(size_t{1} << 16),
      ids_(ids),
      lock_(lock),
      most_items_(most_items) {
  for (const Oid& id : wanted_) starts_wanted_[id.bytes[0] << 8 | id.bytes[1]] = true;
}

TreeContents::Listing TreeContents::read(const Object& tree, const OidSet& extra,
                                         std::vector<Unnumbered>& unnumbered) const {
  Listing listing;
  const auto* base = static_cast<const Listing*>(tree.base);
  if (base) listing.entries.reserve(base->entries.size());
  size_t from = 0;
  const auto read_to = [&](size_t end) {
    each_entry(tree.content, {from, end}, ids_.hash_size(), [&](const TreeEntry& entry) {
      if (entry.is_gitlink() || unnumbered.size() > most_items_) return;
      const Oid id = entry.id();
      if (!entry.is_tree() && !is_wanted(id) && (extra.empty() || !extra.contains(id))) return;
      unnumbered.push_back({listing.entries.size(), id});
      listing.entries.push_back(
          {entry.begin, kNone, static_cast<uint32_t>(ids_.hash()(entry.name))});
    });
  };
  for (const Copy& copy : base ? tree.copies : std::span<const Copy>()) {
    read_to(copy.begin);
    auto entry = std::ranges::lower_bound(base->entries, copy.base, {}, &Entry::begin);
    for (; entry != base->entries.end() && entry->begin < copy.base + copy.size; ++entry) {
      listing.entries.push_back({entry->begin - copy.base + copy.begin, entry->id, entry->name});
    }
    from = copy.end();
  }
  read_to(tree.content.size());
  return listing;
}

void TreeContents::add(const Object& tree, const OidSet& extra) {
  std::vector<Unnumbered> unnumbered;
  Listing listing = read(tree, extra, unnumbered);
  const auto* base = static_cast<const Listing*>(tree.base);
  // Only differences are kept: versions of a tree differ in few entries.
  std::span<const Entry> gone, fresh = listing.entries;
  if (base) gone = base->entries;
  const auto shorten = [&](size_t front, size_t back) {
    gone = gone.subspan(front, gone.size() - front - back);
    fresh = fresh.subspan(front, fresh.size() - front - back);
  };
  while (!gone.empty() && !fresh.empty() && gone.front().same(fresh.front())) shorten(1, 0);
  while (!gone.empty() && !fresh.empty() && gone.back().same(fresh.back())) shorten(0, 1);
  const bool in_pairs = std::ranges::equal(gone, fresh, {}, &Entry::name, &Entry::name);
  {
    const auto guard = spin_then_lock(lock_);
    // Every entry without a number is in `fresh`, so this bounds the ids as well.
    if (items_.size() + gone.size() + fresh.size() > most_items_) overflowed_ = true;
    if (overflowed_) return;
    for (const Unnumbered& one : unnumbered) listing.entries[one.entry].id = ids_.add(one.id);
    listing.record = static_cast<uint32_t>(records_.size());
    records_.push_back(
        {ids_.add(tree.id), base ? base->record : kNone, static_cast<uint32_t>(items_.size())});
    for (size_t i = 0; i < gone.size(); ++i) {
      if (in_pairs && gone[i].id == fresh[i].id) continue;
      items_.push_back({gone[i].id, in_pairs ? fresh[i].id : kNone, gone[i].name});
    }
    for (size_t i = in_pairs ? gone.size() : 0; i < fresh.size(); ++i) {
      items_.push_back({kNone, fresh[i].id, fresh[i].name});
    }
  }
  if (tree.remember) *tree.remember = std::make_unique<Listing>(std::move(listing));
}

uint64_t TreeContents::part(uint32_t id, uint32_t name) const {
  if (id == kNone || held_[id] == 0) return 0;
  return mixed(held_[id] + uint64_t{name} * 0x9e3779b97f4a7c15u);
}

// Maps each id to the records whose items name it, once for each item.
class TreeContents::Uses {
 public:
  explicit Uses(const TreeContents& tree_contents) : first_(tree_contents.held_.size() + 1) {
    each(tree_contents, [&](uint32_t id, uint32_t) { ++first_[id]; });
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    records_.resize(first_.back());
    each(tree_contents, [&](uint32_t id, uint32_t record) { records_[--first_[id]] = record; });
  }

  std::span<const uint32_t> of(uint32_t id) const {
    return std::span(records_).subspan(first_[id], first_[id + 1] - first_[id]);
  }

 private:
  template <typename Tell>
  static void each(const TreeContents& tree_contents, Tell tell) {
    uint32_t record = 0;
    for (uint32_t i = 0; i < tree_contents.items_.size(); ++i) {
      while (tree_contents.end_of(record) <= i) ++record;
      const Item& item = tree_contents.items_[i];
      if (item.fresh != kNone) tell(item.fresh, record);
      if (item.gone != kNone) tell(item.gone, record);
    }
  }

  std::vector<uint32_t> first_, records_;
};

uint64_t TreeContents::sum_of(uint32_t record, const std::vector<uint64_t>& sums) const {
  const uint32_t base = records_[record].base;
  uint64_t sum = base == kNone ? 0 : sums[base];
  for (uint32_t i = records_[record].first; i < end_of(record); ++i) {
    sum += part(items_[i].fresh, items_[i].name) - part(items_[i].gone, items_[i].name);
  }
  return sum;
}

// After round N the numbers of all trees that are nested N levels deep are right. Within a
// round nothing changes on which a sum, or the sum of a base, depends. A sum is computed again
// only when one of its parts, or the sum of the base, has changed.
bool TreeContents::resolve(const Limits& limits) {
  if (overflowed_) return false;
  held_.resize(ids_.size());
  for (uint32_t id = 0; id < ids_.size(); ++id) held_[id] = ids_.hash()(as_text(ids_[id].raw()));
  std::vector<uint64_t> own(records_.size());  // for trees that are wanted themselves
  for (size_t i = 0; i < records_.size(); ++i) {
    if (is_wanted(ids_[records_[i].tree])) own[i] = held_[records_[i].tree];
  }
  for (size_t i = 0; i < records_.size(); ++i) held_[records_[i].tree] = own[i];
  const Uses uses(*this);
  std::vector<uint64_t> sums(records_.size());
  std::vector<bool> due(records_.size(), true), has_moved(records_.size());
  std::vector<bool> told(ids_.size());  // trees whose users are queued already
  std::vector<uint32_t> moved;
  bool settled = false;
  for (size_t round = 0; !settled && round < kMostLevels && !limits.out_of_time(); ++round) {
    moved.clear();
    for (uint32_t i = 0; i < records_.size(); ++i) {
      const uint32_t base = records_[i].base;
      has_moved[i] = false;
      if (!due[i] && (base == kNone || !has_moved[base])) continue;
      const uint64_t sum = sum_of(i, sums);
      if (sum == sums[i]) continue;
      sums[i] = sum;
      has_moved[i] = true;
      moved.push_back(i);
    }
    settled = moved.empty();
    due.assign(records_.size(), false);
    for (const uint32_t i : moved) {
      const uint32_t tree = records_[i].tree;
      held_[tree] = sums[i] + own[i];
      // A tree may have been added many times.
      if (told[tree]) continue;
      told[tree] = true;
      for (const uint32_t user : uses.of(tree)) due[user] = true;
    }
    for (const uint32_t i : moved) told[records_[i].tree] = false;
  }
  records_.clear();
  items_.clear();
  return settled;
}

}  // namespace pushguard
