// SPDX-License-Identifier: Apache-2.0
// What a push brings of history: its commits, and what their trees hold of what
// was found. Made when there are findings, while commits and trees are scanned or
// by a walk of its own.
#pragma once

#include <mutex>
#include <unordered_set>

#include "history/commit_graph.h"
#include "history/oid_table.h"
#include "history/tree_contents.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class PushGraph : public ObjectVisitor {
 public:
  static constexpr ObjectTypes kTypes{ObjectType::commit, ObjectType::tree};

  // `wanted`: what findings stand in.
  PushGraph(std::unordered_set<Oid, OidHash> wanted, size_t hash_size)
      : commit_ids_(hash_size),
        tree_ids_(hash_size),
        commits_(commit_ids_, tree_ids_, lock_),
        tree_contents_(std::move(wanted), tree_ids_, lock_) {}

  // All may be called by several threads at once.
  void object(const Object& object) override { add(object, {}); }
  // `also`: what else is looked for in a tree, as TreeContents::add() takes it.
  void add(const Object& object, const std::unordered_set<Oid, OidHash>& extra);
  // The first walk has told of it.
  void unscanned(Unscanned) override {}

  // To be called when everything has come.
  void resolve(const Limits& limits) { settled_ = tree_contents_.resolve(limits); }

  const CommitGraph& commits() const { return commits_; }
  Oid id(uint32_t commit) const { return commit_ids_[commit]; }
  Oid tree(uint32_t commit) const { return tree_ids_[commits_.tree(commit)]; }
  // Whether one of the wanted objects can stand in the commit's tree at a path
  // where none of its parents has it.
  bool may_introduce(uint32_t commit) const;

 private:
  std::mutex lock_;
  OidTable commit_ids_, tree_ids_;
  CommitGraph commits_;
  TreeContents tree_contents_;
  bool settled_ = false;
};

}  // namespace pushguard
