// SPDX-License-Identifier: Apache-2.0
// What of a push is no object of it: the names of its refs, its options, and its certificate.
//
// They are stored or logged by the server as objects are, and shown to more people. git stores
// the certificate before it calls the hook, beside the repository's own objects, and keeps it
// even when the push is refused.
#pragma once

#include <vector>

#include "detect/collector.h"
#include "detect/scanner.h"
#include "history/exposure.h"
#include "history/object_store.h"
#include "objects/limits.h"
#include "push/push.h"

namespace pushguard {

struct NameScan {
  std::vector<PlacedFinding> findings;  // at most Collected::kMostFindings
  DroppedSecrets dropped;               // of those that are not kept, and in the host's words
  std::vector<Unscanned> unscanned;
  bool overflowed = false;  // not all findings are kept
};

// Names of refs that the push deletes are not scanned.
NameScan scan_names(const Push& push, Scanner& scanner, const Limits& limits);

// Adds what is in the certificate of the push, which `objects` must have, to `names`.
void scan_certificate(const Push& push, ObjectStore& objects, Scanner& scanner,
                      const Limits& limits, NameScan& names);

}  // namespace pushguard
