// SPDX-License-Identifier: Apache-2.0
// Scans the objects of a walk on several threads, and makes the history for placing what it finds.
//
// When blobs are walked first, the objects with findings are searched for in commits and trees
// while these are scanned, so most walks with findings read everything only once. Rejected:
// building the graph of the history for every walk (most have no findings).
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "detect/collector.h"
#include "history/push_graph.h"
#include "objects/limits.h"

namespace pushguard {

struct ObjectScan {
  Collected seen;
  OidSet always_sought;  // objects whose places are looked for, whatever is found
  OidSet sought;         // by `graph`
  std::unique_ptr<PushGraph> graph;
  bool resolved = false;  // resolve_graph() was called
};

// Passes objects to the visitors, each of which is called by one thread.
using VisitObjects = std::function<void(std::span<ObjectVisitor* const>)>;

// As many as `limits` says, else as there are processors, but not a large machine's all.
size_t walking_threads(const Limits& limits);

// What frees memory returns it to the system, so that a large pack's tables are not kept.
void return_large_blocks();

// Scans what `visit` passes to the visitors, one for each of `threads`, with others like `scanner`,
// which share its compiled regexes. `names` are those of the files that are scanned once more.
// Adds to scan.seen, and to scan.graph where there is one.
void scan_objects(ObjectScan& scan, const Scanner& scanner, const FileNameRules& names,
                  const Limits& limits, size_t threads, const VisitObjects& visit);

// Makes the graph anew: for all that has findings by now, or is unscanned, or is always sought.
// Commits and trees are to be passed to it.
void start_graph(ObjectScan& scan, size_t hash_size, const Limits& limits);

// Whether scan.graph was made for the findings in `scan.seen`, including those in named files, and
// for what it has as unscanned. Else it is to be made anew.
bool graph_is_enough(const ObjectScan& scan);

// The graph once all commits and trees were passed to it. Findings that are added after the first
// call must be in one of `scan.always_sought`.
const PushGraph& resolve_graph(ObjectScan& scan, const Limits& limits);

}  // namespace pushguard
