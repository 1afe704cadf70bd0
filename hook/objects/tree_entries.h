// SPDX-License-Identifier: Apache-2.0
// The entries of a tree, and what a delta of a tree keeps of them.
//
// Names and ids can be told apart from a tree's start only, or from a place
// where an entry is known to start. So the walk remembers these places of a base,
// and a delta's copies of it are cut down to whole entries: whoever reads what is
// fresh starts at an entry, and ends with one.
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

  // By the mode as git reads it, an octal number with as many zeros in front as one
  // likes: stat(2)'s S_IFDIR, and S_IFGITLINK of git's own.
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

// The entry that starts at `begin`; nothing at the end, or where it is damaged.
std::optional<TreeEntry> tree_entry(std::string_view tree, size_t begin, size_t hash_size);

// Calls `take` with each entry that starts in `range`, up to the first damaged one.
// An entry should start where the range does.
template <typename Take>
void each_entry(std::string_view tree, Range range, size_t hash_size, Take take) {
  while (range.begin < range.end) {
    const auto entry = tree_entry(tree, range.begin, hash_size);
    if (!entry) return;
    take(*entry);
    range.begin = entry->end;
  }
}

// Where entries start, ascending, and where the last one ends. Trees of 4 GiB or
// more have none.
using EntryPlaces = std::vector<uint32_t>;

EntryPlaces entry_places(std::string_view tree, size_t hash_size);

// Cuts `copies` down to the whole entries in them; `base` has those of the base.
// `places`, where it is not null, gets those of `tree`.
void keep_whole_entries(std::string_view tree, const EntryPlaces& base, size_t hash_size,
                        std::vector<Copy>& copies, EntryPlaces* places);

}  // namespace pushguard
