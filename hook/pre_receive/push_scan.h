// SPDX-License-Identifier: Apache-2.0
// Scans everything that a push brings, and provides its history for placing the findings.
//
// When git left the push in packs, blobs are scanned first. The objects with findings are then
// searched for in commits and trees while these are scanned, so most pushes with findings are
// read only once. Rejected: building the graph of the history for every push (most have no
// findings).
#pragma once

#include <memory>
#include <vector>

#include "detect/collector.h"
#include "history/new_objects.h"
#include "history/push_graph.h"
#include "objects/limits.h"
#include "objects/quarantine.h"
#include "push/push.h"
#include "rules/rule_set.h"

namespace pushguard {

struct PushScan {
  Collected seen;
  OidSet stored_by_push;  // without a quarantine: the push's objects, which are stored already

  // For history_of().
  std::unique_ptr<Quarantine> quarantine;
  OidSet sought;  // by `graph`
  std::unique_ptr<PushGraph> graph;
};

// Scans with others like `scanner`, which share its compiled regexes.
PushScan scan_push(const Push& push, const Scanner& scanner, const Limits& limits);

// The history for the findings in `scan.seen`, including those in named files. Must be called
// once; `store` has the objects of the push.
const PushGraph& history_of(PushScan& scan, const Push& push, const Limits& limits,
                            ObjectStore& store);

}  // namespace pushguard
