// SPDX-License-Identifier: Apache-2.0
// The entries of a commit's tree that differ from those of every parent.
//
// For a merge these are exactly the changes that the merge itself made: an entry that equals
// a parent's came from that parent. Subtrees that equal a parent's are not read, so the cost
// is proportional to the change.
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
  std::vector<Oid> parent_versions;  // the parents' objects at this path
};

struct TreeDiff {
  std::vector<Change> changes;                       // files, and the trees that contain them
  std::vector<std::pair<std::string, Oid>> removed;  // files that only the first parent has
};

// At most this many removed files are listed; renames of further ones are not recognised. git
// has its rename limit for the same reason.
inline constexpr size_t kMostRemoved = 1000;

using Wanted = std::function<bool(const Oid&)>;

// `parents` are the root trees of the parents. Missing or damaged trees count as empty. With
// `wanted`, only changes to an object for which it returns true are listed, and removed files
// only when such a file is new.
TreeDiff diff_trees(TreeCache& trees, const Oid& tree, const std::vector<Oid>& parents,
                    const Wanted& wanted = {});

}  // namespace pushguard
