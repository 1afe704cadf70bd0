// SPDX-License-Identifier: Apache-2.0
// What must be written anew of the history that a ref update brings: the facts by which the
// remedy (report/remedy.h) chooses its commands.
//
// The hook knows the pushed commits, and nothing of the clone: neither which branch is checked
// out nor its name there. So these facts are ids, without any text. They are made for a refused
// push only. Rejected: to choose by the places alone (where a later commit removed the secret, a
// rebase stops with a conflict).
#pragma once

#include <span>
#include <vector>

#include "history/exposure.h"
#include "history/object_store.h"
#include "history/push_graph.h"
#include "objects/limits.h"
#include "push/push.h"

namespace pushguard {

// Of one pushed ref that reaches commits with a secret.
struct Rewrite {
  static constexpr size_t kMostCommits = 1000;
  static constexpr size_t kNone = static_cast<size_t>(-1);

  size_t update = 0;  // its number in the push
  Oid tip;            // the commit
  // All commits from the first one with a secret to the tip, parents before children. Empty when
  // there are merges among these, too many of them, or no time to compare their trees.
  std::vector<Oid> commits;
  // Whether a merge among the pushed commits has a version of a file that none of its parents has:
  // one that git made of theirs, or that was changed by hand. True where that takes too long.
  bool own_merges = false;
  Oid base;  // the parent of the first of `commits`; of size 0: it has none

  // The first of `commits` from which on no tree has the secrets; their number if the tip's has.
  size_t clean_from = 0;
  // The last of the commits up to that one whose tree is the base's; or kNone.
  size_t last_as_base = kNone;
};

// Of all pushed refs with such commits, in the push's order. Sets Place::in_tip of their places.
// `exposures` are those that the push is refused for; `objects` has the push's objects and the
// server's.
std::vector<Rewrite> find_rewrites(std::span<Exposure* const> exposures, const Push& push,
                                   const PushGraph& graph, ObjectStore& objects,
                                   const Limits& limits);

}  // namespace pushguard
