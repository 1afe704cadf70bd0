// SPDX-License-Identifier: Apache-2.0
#include "history/returned.h"

#include "history/pushed_changes.h"

namespace pushguard {

OidSet returned_objects(const OidSet& wanted, const Push& push, const PushGraph& graph,
                        ObjectStore& objects, const Limits& limits, UnscannedList& unscanned) {
  OidSet returned;
  const auto is_wanted = [&](const Oid& id) { return wanted.contains(id); };
  const CommitWalk walk = graph.commits().walk(push.updates, objects);
  for (const NamedObject& named : walk.named) {
    if (is_wanted(named.id)) returned.insert(named.id);
  }
  const auto late = compare_pushed(
      walk, graph, is_wanted, objects, limits,
      [&](const Oid&, const Oid& tree, const TreeDiff& diff) {
        for (const Change& change : diff.changes) returned.insert(change.id);
        if (diff.is_complete) return true;
        unscanned.add({tree, ObjectType::tree, 0,
                       limits.out_of_time() ? Why::out_of_time : Why::too_many_findings,
                       "whether it moves what was let in elsewhere"});
        return true;
      });
  if (late) {
    unscanned.add({*late, ObjectType::commit, 0, Why::out_of_time,
                   "whether it moves what was let in elsewhere"});
  }
  return returned;
}

}  // namespace pushguard
