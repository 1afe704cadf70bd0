// SPDX-License-Identifier: Apache-2.0
// The history that a push brings: its commits, and which of the wanted objects their trees
// contain. It is built only when there are findings: while commits and trees are scanned, or
// by a walk of its own.
#pragma once

#include <mutex>

#include "history/commit_graph.h"
#include "history/oid_table.h"
#include "history/tree_contents.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class PushGraph : public ObjectVisitor {
 public:
  static constexpr ObjectTypes kTypes{ObjectType::commit, ObjectType::tree};

  // `wanted` are the objects that have findings.
  PushGraph(OidSet wanted, size_t hash_size, const Limits& limits = {});

  // All three may be called by several threads at once.
  void object(const Object& object) override { add(object, {}); }
  // `extra` is as in TreeContents::add().
  void add(const Object& object, const OidSet& extra);
  // The first walk has reported it.
  void unscanned(Unscanned) override {}

  // Must be called after all objects were added.
  void resolve(const Limits& limits) { resolved_ = tree_contents_.resolve(limits); }

  const CommitGraph& commits() const { return commits_; }
  Oid id(uint32_t commit) const { return commit_ids_[commit]; }
  Oid tree(uint32_t commit) const { return tree_ids_[commits_.tree(commit)]; }
  // The tree of a commit that the push brings, or that `objects` has.
  std::optional<Oid> tree_of(const Oid& commit, ObjectStore& objects) const;
  // Whether the commit's tree may have a wanted object at a path at which no parent has it.
  bool may_introduce(uint32_t commit) const;
  // Whether the tree may have a wanted object at any depth.
  bool may_hold(const Oid& tree) const;

 private:
  std::mutex lock_;
  OidTable commit_ids_, tree_ids_;
  CommitGraph commits_;
  TreeContents tree_contents_;
  bool resolved_ = false;
};

}  // namespace pushguard
