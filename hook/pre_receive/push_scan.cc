// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/push_scan.h"

#include <malloc.h>

#include <algorithm>
#include <deque>
#include <thread>

#include "rules/built_in.h"

namespace pushguard {
namespace {

// Blocks of so many bytes go back to the system when they are freed. Left alone,
// glibc keeps ever larger ones, and a large pack's tables are never given back.
constexpr int kLargeBlock = 2 << 20;

bool stands_in_trees(const Finding& finding) {
  return finding.type == ObjectType::blob || finding.type == ObjectType::tree;
}

// Scans commits and trees, and makes a graph of them. Each of the two remembers of
// a base what it needs for deltas.
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
    graph_.add(seen, collector_.collected().named_files);
    if (both) *object.remember = std::move(both);
  }
  void unscanned(Unscanned what) override { collector_.unscanned(std::move(what)); }

 private:
  struct Both : Remembered {
    std::unique_ptr<Remembered> of_collector, of_graph;
  };

  Collector& collector_;
  PushGraph& graph_;
};

}  // namespace

Collected PushScan::scan(const std::vector<const RuleSet*>& sets) {
  mallopt(M_MMAP_THRESHOLD, kLargeBlock);
  mallopt(M_TRIM_THRESHOLD, 2 * kLargeBlock);
  if (push_.quarantine) return scan_quarantine(sets);
  return collect(sets, 1, [&](std::span<ObjectVisitor* const> visitors) {
    if (!push_.only_deletes()) stored_by_push_ = visit_new_objects(push_, limits_, *visitors[0]);
  });
}

Collected PushScan::scan_quarantine(const std::vector<const RuleSet*>& sets) {
  quarantine_.emplace(*push_.quarantine, push_.hash_size());
  const auto scan = [&](size_t threads, ObjectTypes types) {
    return collect(sets, threads, [&](std::span<ObjectVisitor* const> visitors) {
      quarantine_->visit(limits_, visitors, types);
    });
  };
  // Loose objects are few, and one thread's.
  if (!quarantine_->is_packed()) return scan(1, kAllTypes);
  Collected all = scan(walking_threads(), kAllTypes.without(PushGraph::kTypes));
  if (!all.findings.empty()) start_graph(all.findings);
  // Commits, whose messages take more regexes than names do, while the graph is small.
  for (const ObjectType type : {ObjectType::commit, ObjectType::tree}) {
    Collected more = scan(walking_threads(), {type});
    all.merge(more);
    if (graph_) malloc_trim(0);
  }
  return all;
}

template <typename Visit>
Collected PushScan::collect(const std::vector<const RuleSet*>& sets, size_t threads, Visit visit) {
  std::deque<Scanner> scanners;
  std::deque<Collector> collectors;
  std::deque<HistoryReader> readers;
  std::vector<ObjectVisitor*> visitors;
  scanners.emplace_back(sets, built_in_templates(), now_);
  for (size_t i = 0; i < threads; ++i) {
    if (i > 0) scanners.emplace_back(scanners.front());
    Collector& collector = collectors.emplace_back(scanners.back(), built_in_file_names(), limits_);
    visitors.push_back(&collector);
    if (graph_) visitors.back() = &readers.emplace_back(collector, *graph_);
  }
  visit(visitors);
  Collected all = std::move(collectors.front().collected());
  for (size_t i = 1; i < collectors.size(); ++i) all.merge(collectors[i].collected());
  return all;
}

void PushScan::start_graph(const std::vector<Finding>& findings) {
  malloc_trim(0);  // of what scanning took, which may be as much as the graph takes
  sought_.clear();
  for (const Finding& finding : findings) {
    if (stands_in_trees(finding)) sought_.insert(finding.object);
  }
  graph_.emplace(sought_, push_.hash_size());
}

PushGraph& PushScan::graph(const Collected& seen, ObjectStore& store) {
  // Where its name tells what a file is, the graph has looked for it as well.
  const bool is_made =
      graph_ && std::ranges::all_of(seen.findings, [&](const Finding& finding) {
        return !stands_in_trees(finding) || sought_.contains(finding.object) ||
               (finding.kind != FindingKind::anywhere && seen.named_files.contains(finding.object));
      });
  if (!is_made) {
    start_graph(seen.findings);
    if (quarantine_) {
      const std::vector<ObjectVisitor*> visitors(walking_threads(), &*graph_);
      quarantine_->visit(limits_, visitors, PushGraph::kTypes);
    } else {
      visit_again(stored_by_push_, PushGraph::kTypes, store, limits_, *graph_);
    }
  }
  quarantine_.reset();  // what was read of a large pack is as large as the graph
  graph_->resolve(limits_);
  malloc_trim(0);  // placing takes some again
  return *graph_;
}

// As many as there are processors, but not a large machine's all.
size_t PushScan::walking_threads() const {
  if (limits_.threads) return limits_.threads;
  return std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
}

}  // namespace pushguard
