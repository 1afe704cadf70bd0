// SPDX-License-Identifier: Apache-2.0
// Places each finding: in which commits and paths it is, since when, and by whom.
//
// Runs only when there are findings, and reads only the commits of this push: each that may
// introduce one is compared with its parents, once. Rejected: `git log -S` and `git blame`
// (they walk the whole history, and follow what the pusher configured).
#pragma once

#include <vector>

#include "detect/scanner.h"
#include "history/exposure.h"
#include "history/object_store.h"
#include "history/push_graph.h"
#include "objects/limits.h"
#include "push/push.h"

namespace pushguard {

struct Attribution {
  std::vector<PlacedFinding> placed;
  uint64_t already_stored = 0;       // findings in objects that the server had before
  bool merges = false;               // the push brings merge commits
  std::vector<Unscanned> unscanned;  // when time ran out: places may be missing
};

struct History {
  ObjectStore& pushed;     // the quarantine and all that the server has
  ObjectStore& stored;     // only what the server had before
  const PushGraph& graph;  // made for the objects that have findings
};

// `scanner` scans the server's own versions of changed files.
Attribution attribute(std::vector<Finding> findings, const Push& push, const History& history,
                      Scanner& scanner, const Limits& limits);

}  // namespace pushguard
