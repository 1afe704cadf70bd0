// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/push_scan.h"

#include <malloc.h>

#include <fmt/format.h>

#include "rules/built_in.h"

namespace pushguard {
namespace {

// What stays the same for all walks of a push.
struct Walk {
  const Push& push;
  const Scanner& scanner;
  const Limits& limits;

  void scan(PushScan& scan, size_t threads, const VisitObjects& visit) const {
    scan_objects(scan, scanner, built_in_file_names(), limits, threads, visit);
  }

  void scan_quarantine(PushScan& scan, size_t threads, ObjectTypes types) const {
    this->scan(scan, threads, [&](std::span<ObjectVisitor* const> visitors) {
      scan.quarantine->visit(limits, visitors, types);
    });
  }
};

// What is in the quarantine was scanned or is Unscanned: a walk that loses an object would let it
// pass.
void check_all_were_seen(PushScan& scan) {
  const uint64_t all = scan.quarantine->size(), seen = scan.seen.coverage.seen().count;
  if (seen == all) return;
  scan.seen.unscanned.add({{},
                           ObjectType::unknown,
                           0,
                           Why::damaged,
                           fmt::format("of {} objects of the push {} were seen", all, seen)});
}

// New ids that the quarantine does not have. An id that nobody has was not scanned: the
// quarantine is another one than git's. What the server has counts as there before as far as
// a ref reaches it.
void scan_others(const Walk& walk, PushScan& scan) {
  const Push& push = walk.push;
  std::unique_ptr<ObjectStore> stored;
  std::vector<Oid> ids;
  OidSet seen;
  for (const RefUpdate& update : push.updates) {
    if (update.deletes() || scan.quarantine->contains(update.new_id)) continue;
    if (!seen.insert(update.new_id).second) continue;
    if (!stored) stored = open_object_store(push.stored, push.hash_size(), push.git_dir);
    if (stored->contains(update.new_id)) {
      ids.push_back(update.new_id);
      continue;
    }
    scan.seen.coverage.of(ObjectType::unknown).add({1, 0, 1}, Cause::no_quarantine);
    scan.seen.unscanned.add({update.new_id, ObjectType::unknown, 0, Why::no_quarantine,
                             "neither the quarantine that the hook was given nor the "
                             "server has this object"});
  }
  if (ids.empty()) return;
  walk.scan(scan, 1, [&](std::span<ObjectVisitor* const> visitors) {
    scan.stored_by_push = visit_new_objects(push, ids, walk.limits, *visitors[0]);
  });
}

}  // namespace

PushScan scan_push(const Push& push, const Scanner& scanner, const Limits& limits, OidSet let_in) {
  return_large_blocks();
  const Walk walk{push, scanner, limits};
  PushScan scan;
  scan.always_sought = std::move(let_in);
  if (!push.quarantine) {
    walk.scan(scan, 1, [&](std::span<ObjectVisitor* const> visitors) {
      if (push.only_deletes()) return;
      scan.stored_by_push = visit_new_objects(push, limits, *visitors[0]);
    });
    return scan;
  }
  scan.quarantine = std::make_unique<Quarantine>(*push.quarantine, push.hash_size());
  // Loose objects are few, and one thread's.
  if (!scan.quarantine->is_packed()) {
    walk.scan_quarantine(scan, 1, kAllTypes);
    check_all_were_seen(scan);
    scan_others(walk, scan);
    return scan;
  }
  const size_t threads = walking_threads(limits);
  walk.scan_quarantine(scan, threads, kAllTypes.without(PushGraph::kTypes));
  if (!scan.seen.findings.empty() || !scan.always_sought.empty()) {
    start_graph(scan, push.hash_size(), limits);
  }
  // Commits, whose messages take more regexes than names do, while the graph is small.
  for (const ObjectType type : {ObjectType::commit, ObjectType::tree}) {
    walk.scan_quarantine(scan, threads, {type});
    if (scan.graph) malloc_trim(0);
  }
  check_all_were_seen(scan);
  scan_others(walk, scan);
  return scan;
}

const PushGraph& history_of(PushScan& scan, const Push& push, const Limits& limits,
                            ObjectStore& store) {
  if (scan.resolved) return *scan.graph;
  if (!graph_is_enough(scan)) {
    start_graph(scan, push.hash_size(), limits);
    if (scan.quarantine) {
      const std::vector<ObjectVisitor*> visitors(walking_threads(limits), scan.graph.get());
      scan.quarantine->visit(limits, visitors, PushGraph::kTypes);
    }
    visit_again(scan.stored_by_push, PushGraph::kTypes, store, limits, *scan.graph);
  }
  scan.quarantine.reset();  // what was read of a large pack is as large as the graph
  return resolve_graph(scan, limits);
}

}  // namespace pushguard
