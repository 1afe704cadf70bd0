// SPDX-License-Identifier: Apache-2.0
// Everything that a push brings, scanned; and its history, for placing what was
// found.
//
// Where git left the push in packs, blobs come first: what they have shown is
// looked for in commits and trees while these are scanned, and most pushes with
// findings are read once. Rejected: a graph of every push's history, in case
// something is found (most pushes have nothing).
#pragma once

#include <optional>
#include <vector>

#include "detect/collector.h"
#include "history/new_objects.h"
#include "history/push_graph.h"
#include "objects/limits.h"
#include "objects/quarantine.h"
#include "push/push.h"
#include "rules/rule_set.h"

namespace pushguard {

class PushScan {
 public:
  // What is referred to must outlive it. `now` is Unix time in seconds.
  PushScan(const Push& push, const Limits& limits, int64_t now)
      : push_(push), limits_(limits), now_(now) {}

  // To be called once. Scanners and what they have compiled are gone when it returns.
  Collected scan(const std::vector<const RuleSet*>& sets);

  // For the findings in `seen`, which came by the scan or stand in its named files.
  // To be called once; `store` has what the push brings.
  PushGraph& graph(const Collected& seen, ObjectStore& store);

  // What the push has stored already, where there is no quarantine.
  const OidSet& stored_by_push() const { return stored_by_push_; }

 private:
  Collected scan_quarantine(const std::vector<const RuleSet*>& sets);
  template <typename Visit>
  Collected collect(const std::vector<const RuleSet*>& sets, size_t threads, Visit visit);
  void start_graph(const std::vector<Finding>& findings);
  size_t walking_threads() const;

  const Push& push_;
  const Limits& limits_;
  const int64_t now_;
  std::optional<Quarantine> quarantine_;
  OidSet stored_by_push_;
  OidSet sought_;  // by graph_
  std::optional<PushGraph> graph_;
};

}  // namespace pushguard
