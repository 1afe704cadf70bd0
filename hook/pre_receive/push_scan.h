// SPDX-License-Identifier: Apache-2.0
// Everything that a push brings, scanned; and its history, for placing what was
// found.
//
// Where git left the push in packs, blobs come first: what they have shown is
// looked for in commits and trees while these are scanned, and most pushes with
// findings are read once. Rejected: a graph of every push's history, in case
// something is found (most pushes have nothing).
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
  OidSet stored_by_push;  // what it has stored already, where there is no quarantine

  // For history_of().
  std::unique_ptr<Quarantine> quarantine;
  OidSet sought;  // by `graph`
  std::unique_ptr<PushGraph> graph;
};

// The scanners, and the regexes that they have compiled, are gone when it returns.
// `now` is Unix time in seconds.
PushScan scan_push(const Push& push, const std::vector<const RuleSet*>& sets, const Limits& limits,
                   int64_t now);

// The history of the findings in `scan.seen`, which the scan has brought or which stand
// in its named files. To be called once; `store` has what the push brings.
const PushGraph& history_of(PushScan& scan, const Push& push, const Limits& limits,
                            ObjectStore& store);

}  // namespace pushguard
