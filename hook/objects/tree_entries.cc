// SPDX-License-Identifier: Apache-2.0
#include "objects/tree_entries.h"

#include <algorithm>
#include <limits>

namespace pushguard {

std::optional<TreeEntry> tree_entry(std::string_view tree, size_t begin, size_t hash_size) {
  const size_t space = tree.find(' ', begin);
  if (space == tree.npos) return std::nullopt;
  const size_t null = tree.find('\0', begin);
  if (null == tree.npos || space > null || tree.size() - null - 1 < hash_size) return std::nullopt;
  return TreeEntry{begin, null + 1 + hash_size, tree.substr(begin, space - begin),
                   tree.substr(space + 1, null - space - 1), tree.substr(null + 1, hash_size)};
}

EntryPlaces entry_places(std::string_view tree, size_t hash_size) {
  std::vector<Copy> none;
  EntryPlaces places;
  keep_whole_entries(tree, {}, hash_size, none, &places);
  return places;
}

void keep_whole_entries(std::string_view tree, const EntryPlaces& base, size_t hash_size,
                        std::vector<Copy>& copies, EntryPlaces* places) {
  if (tree.size() > std::numeric_limits<uint32_t>::max()) return copies.clear();
  if (places) places->reserve(base.size() + 8);
  const auto add = [&](size_t place) {
    if (places) places->push_back(static_cast<uint32_t>(place));
  };
  size_t kept = 0, position = 0;
  const auto step = [&] {
    const auto entry = tree_entry(tree, position, hash_size);
    if (!entry) return false;
    add(position);
    position = entry->end;
    return true;
  };
  bool is_sound = true;
  for (size_t i = 0; i < copies.size() && is_sound; ++i) {
    const Copy copy = copies[i];
    while (is_sound && position < copy.begin) is_sound = step();
    for (; is_sound && position < copy.end(); is_sound = step()) {
      // From a position where an entry starts in both, the copied bytes are the same entries.
      const size_t in_base = position - copy.begin + copy.base;
      const auto first = std::ranges::lower_bound(base, in_base);
      if (first == base.end() || *first != in_base) continue;
      const auto last = std::upper_bound(first, base.end(), copy.base + copy.size) - 1;
      if (first == last) continue;
      copies[kept++] = {position, in_base, *last - in_base};
      if (places) {
        const auto moved =
            static_cast<uint32_t>(position - in_base);  // wraps when the entry moved back
        const size_t known = places->size();
        places->resize(known + static_cast<size_t>(last - first));
        std::transform(first, last, places->begin() + static_cast<ptrdiff_t>(known),
                       [moved](uint32_t place) { return place + moved; });
      }
      position += *last - in_base;
      break;
    }
  }
  copies.resize(kept);
  while (is_sound && places && position < tree.size()) is_sound = step();
  add(position);
}

}  // namespace pushguard
