#include "history/push_graph.h"

#include <algorithm>

namespace pushguard {

void PushGraph::object(const Object& object) {
  if (object.type == ObjectType::tree) holdings_.add(object);
  if (object.type == ObjectType::commit) commits_.add(object);
}

bool PushGraph::may_introduce(const NewCommit& commit) const {
  if (!settled_) return true;
  const uint64_t held = holdings_.of(commit.tree);
  if (held == 0) return false;
  return std::ranges::none_of(commits_.parents(commit), [&](uint32_t parent) {
    const NewCommit* known = commits_.find(parent);
    return known && holdings_.of(known->tree) == held;
  });
}

}  // namespace pushguard
