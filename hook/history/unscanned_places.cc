// SPDX-License-Identifier: Apache-2.0
#include "history/unscanned_places.h"

#include <unordered_map>

#include "history/pushed_changes.h"

namespace pushguard {
namespace {

// A hundred of these may have one directory. Longer paths are left out: one that is cut cannot be
// redacted any more.
constexpr size_t kMostPath = 4096;

}  // namespace

void find_places(std::vector<Unscanned>& list, const Push& push, const PushGraph& graph,
                 ObjectStore& objects, const Limits& limits) {
  std::unordered_map<Oid, std::vector<Unscanned*>, OidHash> sought;
  for (Unscanned& one : list) {
    if (one.type == ObjectType::commit) {
      one.commit = one.id;
    } else if (one.id.size != 0) {
      sought[one.id].push_back(&one);
    }
  }
  if (sought.empty() || limits.out_of_time()) return;
  const auto is_sought = [&](const Oid& id) { return sought.contains(id); };
  compare_pushed(graph.commits().walk(push.updates, objects), graph, is_sought, objects, limits,
                 [&](const Oid& commit, const Oid&, const TreeDiff& diff) {
                   for (const Change& change : diff.changes) {
                     const auto found = sought.find(change.id);
                     if (found == sought.end()) continue;
                     for (Unscanned* one : found->second) {
                       one->commit = commit;
                       if (change.path.size() <= kMostPath) one->path = change.path;
                     }
                     sought.erase(found);
                   }
                   return !sought.empty();
                 });
}

}  // namespace pushguard
