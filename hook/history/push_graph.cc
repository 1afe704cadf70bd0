// SPDX-License-Identifier: Apache-2.0
#include "history/push_graph.h"

#include <algorithm>

#include "history/commit.h"

namespace pushguard {
namespace {

// A difference between trees takes about 72 bytes with its id, a parent 32.
constexpr uint64_t kBytesForOne = 256;

size_t most(size_t usual, const Limits& limits) {
  return std::min<uint64_t>(usual, limits.memory_bytes / kBytesForOne);
}

}  // namespace

PushGraph::PushGraph(OidSet wanted, size_t hash_size, const Limits& limits)
    : commit_ids_(hash_size),
      tree_ids_(hash_size),
      commits_(commit_ids_, tree_ids_, lock_, most(CommitGraph::kMostParents, limits)),
      tree_contents_(std::move(wanted), tree_ids_, lock_, most(TreeContents::kMostItems, limits)) {}

void PushGraph::add(const Object& object, const OidSet& extra) {
  if (object.type == ObjectType::tree) tree_contents_.add(object, extra);
  if (object.type == ObjectType::commit) commits_.add(object);
}

std::optional<Oid> PushGraph::tree_of(const Oid& commit, ObjectStore& objects) const {
  if (const auto pushed = commits_.find(commit)) return tree(*pushed);
  const auto object = objects.read(commit);
  // A blob may read like one, and be named as the parent that a shallow clone does not have.
  if (!object || object->type != ObjectType::commit) return std::nullopt;
  const auto links = parse_commit_links(object->content);
  return links ? std::optional(links->tree) : std::nullopt;
}

bool PushGraph::may_introduce(uint32_t commit) const {
  if (!resolved_) return true;
  const uint64_t held = tree_contents_.of(commits_.tree(commit));
  if (held == 0) return false;
  for (uint32_t i = 0; i < commits_.parent_count(commit); ++i) {
    const uint32_t parent = commits_.parent(commit, i);
    if (commits_.contains(parent) && tree_contents_.of(commits_.tree(parent)) == held) return false;
  }
  return true;
}

bool PushGraph::may_hold(const Oid& tree) const {
  const auto number = tree_ids_.find(tree);
  return !resolved_ || !number || tree_contents_.of(*number) != 0;
}

}  // namespace pushguard
