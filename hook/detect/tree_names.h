// SPDX-License-Identifier: Apache-2.0
// What the names in a push's trees say, each looked at once.
//
// A history names the same few thousand files in hundreds of thousands of trees.
// Rejected: trees scanned as any other content (ids are most of it, and what
// stands around a name in the versions of a tree is never quite the same).
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "detect/scanner.h"
#include "objects/object.h"
#include "objects/tree_entries.h"
#include "rules/file_names.h"

namespace pushguard {

class TreeNames {
 public:
  // What is referred to must outlive it.
  TreeNames(Scanner& scanner, const FileNameRules& file_names)
      : scanner_(scanner), file_names_(file_names) {}

  // Looks at the entries of `tree` that are fresh, and adds to `files` the blobs
  // among them whose names tell what they are. Returns whether the tree is to be
  // scanned as a whole: a name may hold a secret, or something is no entry.
  bool look_at(const Object& tree, std::unordered_set<Oid, OidHash>& files);

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
  std::vector<Known> known_;  // by hash, of several the last one; an empty name is none
  size_t judged_ = 0;
};

}  // namespace pushguard
