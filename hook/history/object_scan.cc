// SPDX-License-Identifier: Apache-2.0
#include "history/object_scan.h"

#include <malloc.h>

#include <algorithm>
#include <deque>
#include <thread>

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

}  // namespace

size_t walking_threads(const Limits& limits) {
  if (limits.threads) return limits.threads;
  return std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
}

void return_large_blocks() {
  mallopt(M_MMAP_THRESHOLD, kLargeBlock);
  mallopt(M_TRIM_THRESHOLD, 2 * kLargeBlock);
}

void scan_objects(ObjectScan& scan, const Scanner& scanner, const FileNameRules& names,
                  const Limits& limits, size_t threads, const VisitObjects& visit) {
  std::deque<Scanner> scanners;
  std::deque<Collector> collectors;
  std::deque<HistoryReader> readers;
  std::vector<ObjectVisitor*> visitors;
  for (size_t i = 0; i < threads; ++i) {
    scanners.push_back(scanner.another());
    Collector& collector = collectors.emplace_back(scanners.back(), names, limits);
    collector.keep_as(scan.seen);
    visitors.push_back(&collector);
    if (scan.graph) visitors.back() = &readers.emplace_back(collector, *scan.graph);
  }
  visit(visitors);
  for (Collector& collector : collectors) scan.seen.merge(collector.finish());
}

void start_graph(ObjectScan& scan, size_t hash_size, const Limits& limits) {
  malloc_trim(0);  // of what scanning took, which may be as much as the graph takes
  scan.sought = scan.always_sought;
  scan.sought.merge(scan.seen.unscanned.objects());
  for (const Finding& finding : scan.seen.findings) {
    if (stands_in_trees(finding)) scan.sought.insert(finding.object);
  }
  scan.graph = std::make_unique<PushGraph>(scan.sought, hash_size, limits);
}

bool graph_is_enough(const ObjectScan& scan) {
  // The graph has also searched for files that are scanned because of their names.
  const auto is_sought = [&](const Finding& finding) {
    return !stands_in_trees(finding) || scan.sought.contains(finding.object) ||
           (finding.kind != FindingKind::anywhere &&
            scan.seen.named_files.blobs.contains(finding.object));
  };
  const auto is_placed = [&](const Oid& id) { return scan.sought.contains(id); };
  return scan.graph && std::ranges::all_of(scan.seen.findings, is_sought) &&
         std::ranges::all_of(scan.seen.unscanned.objects(), is_placed);
}

const PushGraph& resolve_graph(ObjectScan& scan, const Limits& limits) {
  if (scan.resolved) return *scan.graph;
  scan.resolved = true;
  scan.graph->resolve(limits);
  malloc_trim(0);  // placing takes some again
  return *scan.graph;
}

}  // namespace pushguard
