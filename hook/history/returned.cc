// SPDX-License-Identifier: Apache-2.0
#include "history/returned.h"

#include "history/commit.h"
#include "history/tree_diff.h"

namespace pushguard {

OidSet returned_objects(const OidSet& wanted, const Push& push, const PushGraph& graph,
                        ObjectStore& objects, const Limits& limits, UnscannedList& unscanned) {
  OidSet returned;
  TreeCache trees(objects);
  const DiffScope scope{[&](const Oid& id) { return wanted.contains(id); },
                        [&](const Oid& id) { return graph.may_hold(id); }, &limits};
  const auto compare = [&](const Oid& tree, const std::vector<Oid>& parents) {
    const TreeDiff diff = diff_trees(trees, tree, parents, scope);
    for (const Change& change : diff.changes) returned.insert(change.id);
    if (diff.is_complete) return;
    unscanned.add({tree, ObjectType::tree, 0,
                   limits.out_of_time() ? Why::out_of_time : Why::too_many_findings,
                   "whether it moves what was let in elsewhere"});
  };
  const CommitWalk walk = graph.commits().walk(push.updates, objects);
  for (const NamedObject& named : walk.named) {
    if (wanted.contains(named.id)) returned.insert(named.id);
    if (named.type == ObjectType::tree) compare(named.id, {});
  }
  for (const ReachedCommit& reached : walk.commits) {
    if (!graph.may_introduce(reached.commit)) continue;
    if (limits.out_of_time()) {
      unscanned.add({graph.id(reached.commit), ObjectType::commit, 0, Why::out_of_time,
                     "whether it moves what was let in elsewhere"});
      break;
    }
    std::vector<Oid> parents;
    const auto commit = objects.read(graph.id(reached.commit));
    const auto links = commit ? parse_commit_links(commit->content) : std::nullopt;
    if (!links) continue;
    for (const Oid& parent : links->parents) {
      if (const auto tree = graph.tree_of(parent, objects)) parents.push_back(*tree);
    }
    compare(links->tree, parents);
  }
  return returned;
}

}  // namespace pushguard
