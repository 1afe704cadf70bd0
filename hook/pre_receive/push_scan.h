// SPDX-License-Identifier: Apache-2.0
// Scans everything that a push brings, and provides its history for placing the findings.
//
// When git left the push in packs, blobs are scanned first (history/object_scan.h).
#pragma once

#include <memory>
#include <vector>

#include "history/new_objects.h"
#include "history/object_scan.h"
#include "objects/limits.h"
#include "objects/quarantine.h"
#include "push/push.h"

namespace pushguard {

struct PushScan : ObjectScan {
  // The push's objects that are stored already, and not in a quarantine.
  OidSet stored_by_push;
  std::unique_ptr<Quarantine> quarantine;  // until history_of() is called
};

// Scans with others like `scanner`, which share its compiled regexes. The history is then made
// for the objects in `let_in`, too.
PushScan scan_push(const Push& push, const Scanner& scanner, const Limits& limits, OidSet let_in);

// The history for the findings in `scan.seen`, including those in named files, for what it has
// as unscanned, and for `let_in`. Findings that are added after the first call must be in one of
// these. `store` has the objects of the push.
const PushGraph& history_of(PushScan& scan, const Push& push, const Limits& limits,
                            ObjectStore& store);

}  // namespace pushguard
