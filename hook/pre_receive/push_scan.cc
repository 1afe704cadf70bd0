// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/push_scan.h"

#include <malloc.h>

#include <algorithm>
#include <deque>
#include <thread>

#include <fmt/format.h>

#include "rules/built_in.h"

namespace pushguard {
namespace {

// The smallest block that free() returns to the system. By default glibc raises this limit as
// larger blocks are freed, and would keep the memory of a large pack's tables.
constexpr int kLargeBlock = 2 << 20;

bool stands_in_trees(const Finding& finding) {
  return finding.type == ObjectType::blob || finding.type == ObjectType::tree;
}

// Scans commits and trees and adds them to the graph. Collector and graph each remember
// what they need for a base's deltas.
class HistoryReader : public ObjectVisitor {
 public:
  HistoryReader(Collector& collector, PushGraph& graph) : collector_(collector), graph_(graph) {}

  void object(const Object& object) override {
    const auto* base = static_cast<const Both*>(object.base);
    auto both = object.remember ? std::make_unique<Both>() : nullptr;
    Object seen = object;
    seen.base = base ? base->of_collector.get() : nullptr;
    seen.remember = both ? &both->of_collector : nullptr;
    collector_.object(seen);
    seen.base = base ? base->of_graph.get() : nullptr;
    seen.remember = both ? &both->of_graph : nullptr;
    graph_.add(seen, collector_.collected().named_files.blobs);
    if (both) *object.remember = std::move(both);
  }
  void unscanned(Unscanned what) override { collector_.unscanned(std::move(what)); }

 private:
  struct Both : Remembered {
    std::unique_ptr<Remembered> of_collector, of_graph;

    uint64_t bytes() const override {
      return (of_collector ? of_collector->bytes() : 0) + (of_graph ? of_graph->bytes() : 0);
    }
  };

  Collector& collector_;
  PushGraph& graph_;
};

// As many as there are processors, but not a large machine's all.
size_t walking_threads(const Limits& limits) {
  if (limits.threads) return limits.threads;
  return std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
}

void start_graph(PushScan& scan, size_t hash_size, const Limits& limits) {
  malloc_trim(0);  // of what scanning took, which may be as much as the graph takes
  scan.sought = scan.let_in;
  scan.sought.merge(scan.seen.unscanned.objects());
  for (const Finding& finding : scan.seen.findings) {
    if (stands_in_trees(finding)) scan.sought.insert(finding.object);
  }
  scan.graph = std::make_unique<PushGraph>(scan.sought, hash_size, limits);
}

// What stays the same for all walks of a push.
struct Walk {
  const Push& push;
  const Scanner& scanner;
  const Limits& limits;

  // Calls `visit` with a visitor for each thread, each of which makes the graph, too,
  // where there is one.
  template <typename Visit>
  Collected collect(size_t threads, PushGraph* graph, Visit visit) const {
    std::deque<Scanner> scanners;
    std::deque<Collector> collectors;
    std::deque<HistoryReader> readers;
    std::vector<ObjectVisitor*> visitors;
    for (size_t i = 0; i < threads; ++i) {
      scanners.push_back(scanner.another());
      Collector& collector =
          collectors.emplace_back(scanners.back(), built_in_file_names(), limits);
      visitors.push_back(&collector);
      if (graph) visitors.back() = &readers.emplace_back(collector, *graph);
    }
    visit(visitors);
    Collected all = std::move(collectors.front().finish());
    for (size_t i = 1; i < collectors.size(); ++i) all.merge(collectors[i].finish());
    return all;
  }

  Collected scan_quarantine(const PushScan& scan, size_t threads, ObjectTypes types) const {
    return collect(threads, scan.graph.get(), [&](std::span<ObjectVisitor* const> visitors) {
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
  Collected more = walk.collect(1, scan.graph.get(), [&](std::span<ObjectVisitor* const> visitors) {
    scan.stored_by_push = visit_new_objects(push, ids, walk.limits, *visitors[0]);
  });
  scan.seen.merge(more);
}

}  // namespace

PushScan scan_push(const Push& push, const Scanner& scanner, const Limits& limits, OidSet let_in) {
  mallopt(M_MMAP_THRESHOLD, kLargeBlock);
  mallopt(M_TRIM_THRESHOLD, 2 * kLargeBlock);
  const Walk walk{push, scanner, limits};
  PushScan scan;
  scan.let_in = std::move(let_in);
  if (!push.quarantine) {
    scan.seen = walk.collect(1, nullptr, [&](std::span<ObjectVisitor* const> visitors) {
      if (push.only_deletes()) return;
      scan.stored_by_push = visit_new_objects(push, limits, *visitors[0]);
    });
    return scan;
  }
  scan.quarantine = std::make_unique<Quarantine>(*push.quarantine, push.hash_size());
  // Loose objects are few, and one thread's.
  if (!scan.quarantine->is_packed()) {
    scan.seen = walk.scan_quarantine(scan, 1, kAllTypes);
    check_all_were_seen(scan);
    scan_others(walk, scan);
    return scan;
  }
  const size_t threads = walking_threads(limits);
  scan.seen = walk.scan_quarantine(scan, threads, kAllTypes.without(PushGraph::kTypes));
  if (!scan.seen.findings.empty() || !scan.let_in.empty()) {
    start_graph(scan, push.hash_size(), limits);
  }
  // Commits, whose messages take more regexes than names do, while the graph is small.
  for (const ObjectType type : {ObjectType::commit, ObjectType::tree}) {
    Collected more = walk.scan_quarantine(scan, threads, {type});
    scan.seen.merge(more);
    if (scan.graph) malloc_trim(0);
  }
  check_all_were_seen(scan);
  scan_others(walk, scan);
  return scan;
}

const PushGraph& history_of(PushScan& scan, const Push& push, const Limits& limits,
                            ObjectStore& store) {
  if (scan.resolved) return *scan.graph;
  scan.resolved = true;
  // The graph has also searched for files that are scanned because of their names.
  const auto is_sought = [&](const Finding& finding) {
    return !stands_in_trees(finding) || scan.sought.contains(finding.object) ||
           (finding.kind != FindingKind::anywhere &&
            scan.seen.named_files.blobs.contains(finding.object));
  };
  const auto is_placed = [&](const Oid& id) { return scan.sought.contains(id); };
  if (!scan.graph || !std::ranges::all_of(scan.seen.findings, is_sought) ||
      !std::ranges::all_of(scan.seen.unscanned.objects(), is_placed)) {
    start_graph(scan, push.hash_size(), limits);
    if (scan.quarantine) {
      const std::vector<ObjectVisitor*> visitors(walking_threads(limits), scan.graph.get());
      scan.quarantine->visit(limits, visitors, PushGraph::kTypes);
    }
    visit_again(scan.stored_by_push, PushGraph::kTypes, store, limits, *scan.graph);
  }
  scan.quarantine.reset();  // what was read of a large pack is as large as the graph
  scan.graph->resolve(limits);
  malloc_trim(0);  // placing takes some again
  return *scan.graph;
}

}  // namespace pushguard
