#include "history/push_graph.h"

namespace pushguard {

void PushGraph::object(const Object& object) {
  if (object.type == ObjectType::tree) holdings_.add(object);
  if (object.type == ObjectType::commit) commits_.add(object);
}

bool PushGraph::may_introduce(const NewCommit& commit) const {
  if (!settled_) return true;
  const uint64_t held = holdings_.of(commit.tree);
  if (held == 0) return false;
  for (uint32_t i = 0; i < commits_.parent_count(commit); ++i) {
    const NewCommit* parent = commits_.find(commits_.parent(commit, i));
    if (parent && holdings_.of(parent->tree) == held) return false;
  }
  return true;
}

}  // namespace pushguard
