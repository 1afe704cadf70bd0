// SPDX-License-Identifier: Apache-2.0
// What of a push is no object: the names of its refs, and its options.
//
// They are stored or logged by the server as objects are, and shown to more people.
#pragma once

#include <vector>

#include "detect/scanner.h"
#include "history/exposure.h"
#include "objects/limits.h"
#include "push/push.h"

namespace pushguard {

struct NameScan {
  std::vector<PlacedFinding> findings;
  std::vector<Unscanned> unscanned;
};

// Names of refs that the push deletes are not scanned.
NameScan scan_names(const Push& push, Scanner& scanner, const Limits& limits);

}  // namespace pushguard
