// SPDX-License-Identifier: Apache-2.0
#include "history/pushed_changes.h"

#include "history/commit.h"

namespace pushguard {

std::optional<Oid> compare_pushed(const CommitWalk& walk, const PushGraph& graph,
                                  const Wanted& wanted, ObjectStore& objects, const Limits& limits,
                                  const OnDiff& visit) {
  TreeCache trees(objects);
  const DiffScope scope{wanted, [&](const Oid& id) { return graph.may_hold(id); }, &limits};
  for (const NamedObject& named : walk.named) {
    if (named.type != ObjectType::tree) continue;
    if (!visit({}, named.id, changes_in(trees, named.id, {}, scope))) return std::nullopt;
  }
  for (const ReachedCommit& reached : walk.commits) {
    if (!graph.may_introduce(reached.commit)) continue;
    const Oid id = graph.id(reached.commit);
    if (limits.out_of_time()) return id;
    const auto commit = objects.read(id);
    const auto links = commit ? parse_commit_links(commit->content) : std::nullopt;
    if (!links) continue;
    std::vector<Oid> parents;
    for (const Oid& parent : links->parents) {
      if (const auto tree = graph.tree_of(parent, objects)) parents.push_back(*tree);
    }
    if (!visit(id, links->tree, changes_in(trees, links->tree, parents, scope)))
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace pushguard
