// SPDX-License-Identifier: Apache-2.0
// The entries of a tree, and which of them a delta copies from its base.
//
// A tree can be parsed only from its start, or from a position where an entry is known to
// start. The walk therefore remembers these positions for a base, and trims the copies of
// a delta to whole entries: each fresh range begins and ends at an entry.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "objects/object.h"

namespace pushguard {

struct TreeEntry {
  size_t begin = 0, end = 0;  // in the tree
  std::string_view mode, name, raw_id;

  // By the mode as git reads it: an octal number with any number of leading zeros. S_IFDIR
  // is that of stat(2), S_IFGITLINK is git's own.
  bool is_tree() const { return kind() == 0040000; }
  // A submodule's commit: not an object of this repository.
  bool is_gitlink() const { return kind() == 0160000; }
  Oid id() const {
    return Oid::from_raw({reinterpret_cast<const uint8_t*>(raw_id.data()), raw_id.size()});
  }

 private:
  uint32_t kind() const {
    uint32_t value = 0;
    for (const char digit : mode) {
      if (digit < '0' || digit > '7') return 0;
      value = value << 3 | static_cast<uint32_t>(digit - '0');
    }
    return value & 0170000;
  }
};

// The entry that starts at byte `begin` of `tree`; none at the end, or when it is damaged.
std::optional<TreeEntry> tree_entry(std::string_view tree, size_t begin, size_t hash_size);

// Calls `take` with each entry that starts in `range`, up to the first damaged one. An
// entry must start where `range` begins.
template <typename Take>
void each_entry(std::string_view tree, Range range, size_t hash_size, Take take) {
  while (range.begin < range.end) {
    const auto entry = tree_entry(tree, range.begin, hash_size);
    if (!entry) return;
    take(*entry);
    range.begin = entry->end;
  }
}

// The byte positions at which entries start, ascending, then the end of the last entry.
// Empty for trees of 4 GiB or more.
using EntryPlaces = std::vector<uint32_t>;

EntryPlaces entry_places(std::string_view tree, size_t hash_size);

// Trims `copies` to whole entries. `base` has the entry places of the base; `places`, when
// not null, receives those of `tree`.
void keep_whole_entries(std::string_view tree, const EntryPlaces& base, size_t hash_size,
                        std::vector<Copy>& copies, EntryPlaces* places);

}  // namespace pushguard
