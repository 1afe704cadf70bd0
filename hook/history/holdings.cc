#include "history/holdings.h"

#include <algorithm>

namespace pushguard {
namespace {

constexpr size_t kMostLevels = 200;  // deeper than people nest directories
constexpr size_t kSampled = 512;     // bytes between remembered starts of entries

uint64_t mixed(uint64_t word) {
  word = (word ^ word >> 32) * 0xd6e8feb86659fd93u;
  word = (word ^ word >> 32) * 0xd6e8feb86659fd93u;
  return word ^ word >> 32;
}

}  // namespace

struct Holdings::Entry {
  size_t begin = 0;  // in the tree
  Oid id;
  uint32_t name = 0;  // hash

  bool same(const Entry& other) const { return id == other.id && name == other.name; }
};

class Holdings::Listing : public Remembered {
 public:
  uint32_t record = kNone;
  std::vector<Entry> entries;  // directories and what is wanted, in the tree's order
  std::vector<size_t> starts;  // some of the places where an entry starts
};

Holdings::Holdings(std::unordered_set<Oid, OidHash> wanted, OidTable& ids, std::mutex& lock,
                   size_t most_items)
    : wanted_(std::move(wanted)), starts_wanted_(size_t{1} << 16), ids_(ids), lock_(lock),
      most_items_(most_items) {
  for (const Oid& id : wanted_) starts_wanted_[id.bytes[0] << 8 | id.bytes[1]] = true;
}

// As TreeCache reads them: up to the first damaged entry.
bool Holdings::add_entry(std::string_view content, size_t& position, Listing& listing) const {
  const size_t space = content.find(' ', position), null = content.find('\0', position);
  if (null == content.npos || space > null || content.size() - null - 1 < ids_.hash_size()) {
    return false;
  }
  const std::string_view mode = content.substr(position, space - position);
  const auto* raw = reinterpret_cast<const uint8_t*>(content.data()) + null + 1;
  const Oid id = Oid::from_raw({raw, ids_.hash_size()});
  const bool is_tree = mode == "40000" || mode == "040000";
  if (is_tree || (mode != "160000" && is_wanted(id))) {
    const std::string_view name = content.substr(space + 1, null - space - 1);
    listing.entries.push_back({position, id, static_cast<uint32_t>(ids_.hash()(name))});
  }
  position = null + 1 + ids_.hash_size();
  return true;
}

Holdings::Listing Holdings::read(const Object& tree) const {
  Listing listing;
  const std::string_view content = tree.content;
  const auto* base = static_cast<const Listing*>(tree.base);
  auto copy = tree.copies.begin();
  for (size_t position = 0; position < content.size();) {
    if (listing.starts.empty() || position - listing.starts.back() >= kSampled) {
      listing.starts.push_back(position);
    }
    while (base && copy != tree.copies.end() && copy->end() <= position) ++copy;
    if (base && copy != tree.copies.end() && copy->begin <= position) {
      // Where an entry starts in both, the copied bytes are the same entries.
      const size_t in_base = position - copy->begin + copy->base;
      const auto start = std::ranges::lower_bound(base->starts, in_base);
      const auto end = std::ranges::upper_bound(base->starts, copy->base + copy->size);
      if (start < end && *start == in_base && end - start > 1) {
        const auto moved = [&](size_t place) { return place - copy->base + copy->begin; };
        for (auto s = start + 1; s < end - 1; ++s) listing.starts.push_back(moved(*s));
        auto entry = std::ranges::lower_bound(base->entries, in_base, {}, &Entry::begin);
        for (; entry != base->entries.end() && entry->begin < *(end - 1); ++entry) {
          listing.entries.push_back({moved(entry->begin), entry->id, entry->name});
        }
        position = moved(*(end - 1));
        continue;
      }
    }
    if (!add_entry(content, position, listing)) return listing;
  }
  listing.starts.push_back(content.size());
  return listing;
}

void Holdings::add(const Object& tree) {
  Listing listing = read(tree);
  const auto* base = static_cast<const Listing*>(tree.base);
  // Only what differs is kept: versions of a tree differ in few entries.
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
    const std::lock_guard guard(lock_);
    if (items_.size() + gone.size() + fresh.size() > most_items_) overflowed_ = true;
    if (overflowed_) return;
    listing.record = static_cast<uint32_t>(records_.size());
    records_.push_back({ids_.add(tree.id), base ? base->record : kNone,
                        static_cast<uint32_t>(items_.size())});
    for (size_t i = 0; i < gone.size(); ++i) {
      if (in_pairs && gone[i].id == fresh[i].id) continue;
      items_.push_back({ids_.add(gone[i].id), in_pairs ? ids_.add(fresh[i].id) : kNone,
                        gone[i].name});
    }
    for (size_t i = in_pairs ? gone.size() : 0; i < fresh.size(); ++i) {
      items_.push_back({kNone, ids_.add(fresh[i].id), fresh[i].name});
    }
  }
  if (tree.remember) *tree.remember = std::make_unique<Listing>(std::move(listing));
}

uint64_t Holdings::part(uint32_t id, uint32_t name) const {
  if (id == kNone || held_[id] == 0) return 0;
  return mixed(held_[id] + uint64_t{name} * 0x9e3779b97f4a7c15u);
}

uint64_t Holdings::sum(size_t number, const std::vector<uint64_t>& sums) const {
  const Record& record = records_[number];
  const size_t end = number + 1 < records_.size() ? records_[number + 1].first : items_.size();
  uint64_t sum = record.base == kNone ? 0 : sums[record.base];
  for (size_t i = record.first; i < end; ++i) {
    sum += part(items_[i].fresh, items_[i].name) - part(items_[i].gone, items_[i].name);
  }
  return sum;
}

// Each round is right one level higher, for every tree at once: within a round
// nothing changes that a sum, or the sum of a base, depends on.
bool Holdings::settle(const Limits& limits) {
  if (overflowed_) return false;
  held_.resize(ids_.size());
  for (uint32_t id = 0; id < ids_.size(); ++id) held_[id] = ids_.hash()(ids_[id]);
  std::vector<uint64_t> own(records_.size());  // where the tree itself is looked for
  for (size_t i = 0; i < records_.size(); ++i) {
    if (is_wanted(ids_[records_[i].tree])) own[i] = held_[records_[i].tree];
  }
  for (size_t i = 0; i < records_.size(); ++i) held_[records_[i].tree] = own[i];
  std::vector<uint64_t> sums(records_.size());
  bool settled = false;
  for (size_t round = 0; !settled && round < kMostLevels && !limits.out_of_time(); ++round) {
    for (size_t i = 0; i < records_.size(); ++i) sums[i] = sum(i, sums);
    settled = true;
    for (size_t i = 0; i < records_.size(); ++i) {
      uint64_t& held = held_[records_[i].tree];
      settled = settled && held == sums[i] + own[i];
      held = sums[i] + own[i];
    }
  }
  records_.clear();
  items_.clear();
  return settled;
}

}  // namespace pushguard
