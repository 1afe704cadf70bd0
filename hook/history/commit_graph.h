// SPDX-License-Identifier: Apache-2.0
// The push's own commits and how they hang together, without what they say.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "history/object_store.h"
#include "history/oid_table.h"
#include "push/ref_update.h"

namespace pushguard {

// A commit as a walk from the pushed refs finds it.
struct ReachedCommit {
  static constexpr uint32_t kByNone = 0xffffffff;

  uint32_t commit = 0;        // its number
  uint32_t update = kByNone;  // the ref update that reaches it
  bool at_tip = false;        // that names it itself
};

// What a ref update names that is not a commit.
struct NamedObject {
  Oid id;
  ObjectType type = ObjectType::unknown;  // tag, tree or blob
  std::string ref;
};

struct CommitWalk {
  // Parents before children; those that no ref reaches come last: they are
  // stored too.
  std::vector<ReachedCommit> commits;
  std::vector<NamedObject> named;
};

// A commit goes by its number among the ids of commits and their parents.
class CommitGraph {
 public:
  // 0.25 GB with their ids, which a pusher may make up; a commit has one or two.
  static constexpr size_t kMostParents = size_t{1} << 23;

  // `ids` numbers commits and their parents, `trees` their trees; `lock` guards
  // both.
  CommitGraph(OidTable& ids, OidTable& trees, std::mutex& lock, size_t most_parents = kMostParents)
      : ids_(ids), trees_(trees), lock_(lock), most_parents_(most_parents) {}

  // May be called by several threads. One that names no tree is left out. Throws
  // Error when all commits together have more than kMostParents.
  void add(const Object& commit);

  // Whether the commit is the push's own; the rest is about such ones.
  bool contains(uint32_t commit) const {
    return commit < commits_.size() && commits_[commit].tree != kNone;
  }
  std::optional<uint32_t> find(const Oid& id) const;
  uint32_t tree(uint32_t commit) const { return commits_[commit].tree; }
  uint32_t parent_count(uint32_t commit) const { return commits_[commit].parent_count; }
  uint32_t parent(uint32_t commit, uint32_t which) const {
    return parents_[commits_[commit].first_parent + which];
  }

  // To be called when all commits are there.
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
  // Deques, which never hold twice what they have while they grow.
  std::deque<Links> commits_;
  std::deque<uint32_t> parents_;  // of all commits
};

}  // namespace pushguard
