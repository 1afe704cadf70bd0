// SPDX-License-Identifier: Apache-2.0
// What a commit's tree has that none of its parents' trees has.
//
// For a merge that is exactly the content that the merge itself brought; what
// equals any parent's version came by that parent. Subtrees equal to a
// parent's are not read, so the cost is that of the change.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "history/tree_cache.h"

namespace pushguard {

struct Change {
  std::string path;  // "" for the root tree itself
  Oid id;
  bool is_tree = false;
  std::vector<Oid> parent_versions;  // what stood at this path in the parents, if anything
};

struct TreeDiff {
  std::vector<Change> changes;                       // files, and the trees that hold them
  std::vector<std::pair<std::string, Oid>> removed;  // files of the first parent that are gone
};

// More removed files than this are not listed: a rename among them is then not
// recognised (git's own rename limit has the same reason).
inline constexpr size_t kMostRemoved = 1000;

// `parents` are the parents' root trees. Missing or damaged trees are empty.
// With `wanted`, only changes to such an object are listed, and removed files
// only where one of the wanted files is new.
using Wanted = std::function<bool(const Oid&)>;
TreeDiff diff_trees(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                    const Wanted& wanted = {});

}  // namespace pushguard
