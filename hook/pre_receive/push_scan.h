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
  // The push's objects that are stored already, and not in a quarantine.
  OidSet stored_by_push;

  // For history_of().
  std::unique_ptr<Quarantine> quarantine;
  OidSet let_in;  // objects whose places are looked for, whatever is found
  OidSet sought;  // by `graph`
  std::unique_ptr<PushGraph> graph;
  bool resolved = false;  // history_of() was called
};

// Scans with others like `scanner`, which share its compiled regexes. The history is then made
// for the objects in `let_in`, too.
PushScan scan_push(const Push& push, const Scanner& scanner, const Limits& limits, OidSet let_in);

// The history for the findings in `scan.seen`, including those in named files, for what it has
// as unscanned, and for `scan.let_in`. Findings that are added after the first call must be in one
// of `scan.let_in`. `store` has the objects of the push.
const PushGraph& history_of(PushScan& scan, const Push& push, const Limits& limits,
                            ObjectStore& store);

}  // namespace pushguard
