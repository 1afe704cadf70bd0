// SPDX-License-Identifier: Apache-2.0
// Trees by id, read once and kept while there is room: neighbouring commits
// share nearly all of theirs.
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

  std::string content;  // what the names refer to
  std::vector<Entry> entries;
};

// Whether `a` comes before `b` in a tree.
bool before(const Tree::Entry& a, const Tree::Entry& b);

class TreeCache {
 public:
  explicit TreeCache(ObjectStore& store) : store_(store) {}

  // Missing, damaged and other objects are empty; a tree that git would not
  // have written is put in order, up to its first damaged entry.
  std::shared_ptr<const Tree> read(const Oid& id);

 private:
  static constexpr size_t kMostBytes = size_t{4} << 20;

  struct Kept {
    Oid id;
    std::shared_ptr<const Tree> tree;
    size_t bytes = 0;
  };

  ObjectStore& store_;
  std::list<Kept> kept_;  // the last used first
  std::unordered_map<Oid, std::list<Kept>::iterator, OidHash> by_id_;
  size_t bytes_ = 0;
};

}  // namespace pushguard
