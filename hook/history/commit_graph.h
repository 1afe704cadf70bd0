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

struct NewCommit {
  uint32_t number = 0;        // place in CommitGraph::commits()
  uint32_t id = 0, tree = 0;  // numbers among the ids of commits and of trees
  uint32_t first_parent = 0;
};

// A commit as a walk from the pushed refs finds it.
struct ReachedCommit {
  static constexpr uint32_t kByNone = 0xffffffff;

  uint32_t commit = 0;         // in CommitGraph::commits()
  uint32_t update = kByNone;   // the ref update that reaches it
  bool at_tip = false;         // that names it itself
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

class CommitGraph {
 public:
  // `ids` numbers the commits and their parents, `trees` their trees; `lock`
  // guards both.
  CommitGraph(OidTable& ids, OidTable& trees, std::mutex& lock)
      : ids_(ids), trees_(trees), lock_(lock) {}

  // May be called by several threads. One that names no tree is left out.
  void add(const Object& commit);

  const std::deque<NewCommit>& commits() const { return commits_; }
  uint32_t parent_count(const NewCommit& commit) const {
    const bool last = commit.number + 1 == commits_.size();
    return (last ? static_cast<uint32_t>(parents_.size())
                 : commits_[commit.number + 1].first_parent) - commit.first_parent;
  }
  // The number in ids.
  uint32_t parent(const NewCommit& commit, uint32_t which) const {
    return parents_[commit.first_parent + which];
  }
  // The commit with that number in ids, or null.
  const NewCommit* find(uint32_t id) const;
  const NewCommit* find(const Oid& id) const;

  // To be called when all commits are there.
  CommitWalk walk(const std::vector<RefUpdate>& updates, ObjectStore& store) const;

 private:
  OidTable& ids_;
  OidTable& trees_;
  std::mutex& lock_;
  // Deques, which never hold twice what they have while they grow.
  std::deque<NewCommit> commits_;
  std::deque<uint32_t> parents_;  // of all commits
  std::deque<uint32_t> by_id_;    // 1 + place in commits_, or 0
};

}  // namespace pushguard
