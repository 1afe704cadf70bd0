// SPDX-License-Identifier: Apache-2.0
// What a push changes: each of its commits compared with its parents, parents before children, and
// each tree that a ref or a tag names.
#pragma once

#include <functional>
#include <optional>

#include "history/object_store.h"
#include "history/push_graph.h"
#include "history/tree_diff.h"
#include "objects/limits.h"

namespace pushguard {

// `commit` is of size 0 for a tree that is named; `tree` is what was compared. Returns whether to
// go on.
using OnDiff = std::function<bool(const Oid& commit, const Oid& tree, const TreeDiff& diff)>;

// Compares where `graph`, which was made for what `wanted` returns true for, has any of it. Stops
// when time runs out and returns the next commit, if there is one. `objects` has the objects of
// the push and the server's.
std::optional<Oid> compare_pushed(const CommitWalk& walk, const PushGraph& graph,
                                  const Wanted& wanted, ObjectStore& objects, const Limits& limits,
                                  const OnDiff& visit);

}  // namespace pushguard
