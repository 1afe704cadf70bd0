// SPDX-License-Identifier: Apache-2.0
// A cache of parsed trees, by id: neighbouring commits share nearly all of their trees.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "history/object_store.h"

namespace pushguard {

// A tree's entries in git's order: by name, directories as if they ended in '/'.
struct Tree {
  struct Entry {
    std::string_view name;
    Oid id;
    bool is_tree = false;
    bool is_gitlink = false;
  };

  std::string content;  // the names are views of it
  std::vector<Entry> entries;

  size_t bytes() const { return content.size() + entries.size() * sizeof(Entry); }
};

// Whether `a` sorts before `b` in a tree.
bool before(const Tree::Entry& a, const Tree::Entry& b);

class TreeCache {
 public:
  explicit TreeCache(ObjectStore& store) : store_(store) {}

  // A missing object, or one that is no tree, gives an empty tree. A damaged tree gives the
  // entries before the damage, sorted as git would have written them.
  std::shared_ptr<const Tree> read(const Oid& id);

 private:
  static constexpr size_t kMostBytes = size_t{4} << 20;

  struct Kept {
    Oid id;
    std::shared_ptr<const Tree> tree;
    size_t bytes = 0;
  };

  ObjectStore& store_;
  std::list<Kept> kept_;  // most recently used first
  std::unordered_map<Oid, std::list<Kept>::iterator, OidHash> by_id_;
  size_t bytes_ = 0;
};

}  // namespace pushguard
