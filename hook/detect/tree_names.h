// SPDX-License-Identifier: Apache-2.0
// Scans the names in the trees of a push, each distinct name once.
//
// A history repeats the same few thousand names in hundreds of thousands of trees. Rejected:
// scanning trees like any other content (most of it is ids, and the bytes around a name
// differ between versions of a tree).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "detect/scanner.h"
#include "objects/object.h"
#include "objects/tree_entries.h"
#include "rules/file_names.h"

namespace pushguard {

// The blobs that are named files (rules/file_names.h) by fresh entries of a push's trees.
struct NamedFiles {
  static constexpr size_t kMostEntries = 1000;
  struct Entry {
    Oid blob, tree;
  };

  void add(const Oid& blob, const Oid& tree);
  // Moves everything from `other`.
  void merge(NamedFiles& other);
  bool empty() const { return blobs.empty(); }

  OidSet blobs;
  std::vector<Entry> entries;  // the first kMostEntries
  bool lists_all = true;       // whether these are all
  uint64_t added = 0;          // entries, of all trees
};

class TreeNames {
 public:
  // Both references must outlive it.
  TreeNames(Scanner& scanner, const FileNameRules& file_names)
      : scanner_(scanner), file_names_(file_names) {}

  // Reads the fresh entries of `tree`. Adds to `files` the blobs whose names are those of named
  // files. Returns whether the tree must be scanned as a whole, because a name may contain a
  // secret, or because something is no entry.
  bool look_at(const Object& tree, NamedFiles& files);

 private:
  struct Verdict {
    bool may_be_secret = false;
    bool tells_file = false;
  };
  struct Known {
    std::string name;
    Verdict verdict;
  };

  Verdict verdict_on(std::string_view name);
  Verdict judge(std::string_view name);

  Scanner& scanner_;
  const FileNameRules& file_names_;
  std::vector<Known> known_;  // a cache by hash of the name; an empty name is a free entry
  size_t judged_ = 0;
};

}  // namespace pushguard
