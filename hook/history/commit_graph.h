// SPDX-License-Identifier: Apache-2.0
// The commits that a push brings, and the edges between them; without their messages.
//
// Commits are named by number: that of their id in a table of the ids of all commits and
// their parents.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "history/object_store.h"
#include "history/oid_table.h"
#include "history/ref_sets.h"
#include "push/ref_update.h"

namespace pushguard {

// A commit, with how a walk from the pushed refs reached it.
struct ReachedCommit {
  uint32_t commit = 0;             // its number
  uint32_t refs = RefSets::kNone;  // the ref updates that reach it: a number in CommitWalk::refs
  bool at_tip = false;             // whether the commit is the new id of the first of them
};

// The new id of a ref update when it is not a commit, or what a tag leads to.
struct NamedObject {
  Oid id;
  ObjectType type = ObjectType::unknown;  // tag, tree or blob
  uint32_t refs = RefSets::kNone;         // as above
};

struct CommitWalk {
  // Parents before children. Commits that no ref reaches come last: git stores them too.
  std::vector<ReachedCommit> commits;
  std::vector<NamedObject> named;  // each object once
  RefSets refs;
};

class CommitGraph {
 public:
  // Bounds the memory to 0.25 GB, ids included. A commit has one or two parents, but a pusher
  // may make up any number.
  static constexpr size_t kMostParents = size_t{1} << 23;

  // `ids` numbers the commits and their parents, `trees` their trees; `lock` guards both.
  CommitGraph(OidTable& ids, OidTable& trees, std::mutex& lock, size_t most_parents = kMostParents)
      : ids_(ids), trees_(trees), lock_(lock), most_parents_(most_parents) {}

  // May be called by several threads. Ignores a commit that names no tree. Throws Error when
  // all commits together have more than kMostParents parents.
  void add(const Object& commit);

  // Whether the push brings the commit. All functions below require it.
  bool contains(uint32_t commit) const {
    return commit < commits_.size() && commits_[commit].tree != kNone;
  }
  std::optional<uint32_t> find(const Oid& id) const;
  uint32_t tree(uint32_t commit) const { return commits_[commit].tree; }
  uint32_t parent_count(uint32_t commit) const { return commits_[commit].parent_count; }
  uint32_t parent(uint32_t commit, uint32_t which) const {
    return parents_[commits_[commit].first_parent + which];
  }

  // Requires that all commits were added. Reads only tags from `store`.
  CommitWalk walk(const std::vector<RefUpdate>& updates, ObjectStore& store) const;

 private:
  static constexpr uint32_t kNone = 0xffffffff;
  struct Links {
    uint32_t tree = kNone, first_parent = 0, parent_count = 0;
  };

  OidTable& ids_;
  OidTable& trees_;
  std::mutex& lock_;
  const size_t most_parents_;
  // Deques: a vector that grows needs twice its memory for a moment.
  std::deque<Links> commits_;
  std::deque<uint32_t> parents_;  // of all commits
};

}  // namespace pushguard
