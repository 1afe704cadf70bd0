// SPDX-License-Identifier: Apache-2.0
#include "history/push_graph.h"

namespace pushguard {

void PushGraph::add(const Object& object, const OidSet& extra) {
  if (object.type == ObjectType::tree) tree_contents_.add(object, extra);
  if (object.type == ObjectType::commit) commits_.add(object);
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

}  // namespace pushguard
