// SPDX-License-Identifier: Apache-2.0
// Places each finding: in which commits and paths it is, since when, and by whom.
//
// Runs only when there are findings, and reads only the commits of this push: each that may
// introduce one is compared with its parents, once. Rejected: `git log -S` and `git blame`
// (they walk the whole history, and follow what the pusher configured).
#pragma once

#include <functional>
#include <string>
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
  std::vector<Unscanned> unscanned;  // when time ran out: places may be missing
};

// What came in only because of where it was, by earlier pushes (audit/let_in.h).
struct LetInBefore {
  OidSet objects;  // to which the push may give another place; the server has them
  // Whether any of these secrets is `secret`; null where nothing was let in.
  std::function<bool(const Secret&)> knows;
  // Whether `finding`, in one of `objects`, was let in at this path.
  std::function<bool(const Finding&, const std::string& path)> stands_at;
};

struct History {
  ObjectStore& pushed;     // the quarantine and all that the server has
  ObjectStore& stored;     // only what the server had before
  const PushGraph& graph;  // made for the objects that have findings
  const LetInBefore& let_in;
  std::string_view assistants = {};  // the site's own marks (assistant.h)
};

// `scanner` scans the server's own versions of changed files.
Attribution attribute(std::vector<Finding> findings, const Push& push, const History& history,
                      Scanner& scanner, const Limits& limits);

}  // namespace pushguard
