// SPDX-License-Identifier: Apache-2.0
// The entries of a commit's tree that differ from those of every parent.
//
// For a merge these are exactly the changes that the merge itself made: an entry that equals
// a parent's came from that parent. Subtrees that equal a parent's are not read, so the cost
// is proportional to the change. Submodules are left out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "history/tree_cache.h"
#include "objects/limits.h"

namespace pushguard {

struct Change {
  std::string path;  // "" for the root tree itself
  Oid id;
  bool is_tree = false;
  std::vector<Oid> parent_versions;  // at this path, of each parent that has one of its kind
};

struct TreeDiff {
  std::vector<Change> changes;  // files, and the trees that contain them
  // Files of the first parent that the tree does not have, whatever other parents have.
  std::vector<std::pair<std::string, Oid>> removed;
  // False when time ran out, when there are more than 100,000 changes, or when their paths or
  // the trees take too much memory: a few trees can name one file at a thousand million paths.
  bool is_complete = true;
};

// At most this many removed files are listed; renames of further ones are not recognised. git
// has its rename limit for the same reason.
inline constexpr size_t kMostRemoved = 1000;

using Wanted = std::function<bool(const Oid&)>;

// What a comparison looks at.
struct DiffScope {
  Wanted wanted = {};  // only changes to objects for which it returns true are listed
  Wanted reads = {};   // only trees for which it returns true are read
  const Limits* limits = nullptr;
};

// `tree` and `parents` are root trees; nothing is listed when they are equal for one parent. A
// missing tree counts as empty, a damaged one as its entries before the damage. With
// `scope.wanted`, removed files are listed only when one of the wanted objects is a file at a
// path that no parent has.
TreeDiff diff_trees(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                    const DiffScope& scope = {});

// The same without removed files, and `scope.reads` decides on `tree` as well.
TreeDiff changes_in(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                    const DiffScope& scope);

}  // namespace pushguard
