// Promoted examples: template values that stand in real environment files.
//
// Only the environment files that a push names anew are looked at, so a
// placeholder in a README costs nothing, and a copy of `.env.example` under a
// new name, which brings no new blob, is seen all the same.
#pragma once

#include <unordered_set>
#include <vector>

#include "detect/collector.h"
#include "history/object_store.h"
#include "objects/limits.h"

namespace pushguard {

struct Promoted {
  std::vector<Finding> findings;     // with their `example` set
  std::vector<Unscanned> unscanned;  // out of time, or too many
};

// `pushed` has the quarantine and all that the server has. Blobs that are
// missing there were told as damaged already.
Promoted find_promoted(const std::unordered_set<Oid, OidHash>& environment_files,
                       ObjectStore& pushed, Scanner& scanner, const Limits& limits);

}  // namespace pushguard
