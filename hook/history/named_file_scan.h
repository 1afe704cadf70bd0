// SPDX-License-Identifier: Apache-2.0
// A second look at files that are told by their names: promoted examples, which
// are template values in real environment files, and what the rules about
// certain files find.
//
// Only files that a push names anew are looked at, so a placeholder in a README
// costs nothing, and a copy of `.env.example` under a new name, which brings no
// new blob, is seen all the same.
#pragma once

#include <vector>

#include "detect/collector.h"
#include "history/object_store.h"
#include "objects/limits.h"

namespace pushguard {

struct NamedFileScan {
  std::vector<Finding> findings;     // with `by_name` set: they count at such a path only
  std::vector<Unscanned> unscanned;  // missing, damaged, too large; out of time, or too many
};

struct NamedFileScanners {
  Scanner* examples;    // with the rules about any text; null: examples are not looked for
  Scanner& file_rules;  // with the rules about certain files
};

// `pushed` has the quarantine and all that the server has. A file is held whole
// here, however the walk brought it, so one over `limits.object_bytes` is not read.
// What is in `told` already is not told again.
NamedFileScan scan_named_files(const OidSet& named_files, ObjectStore& pushed,
                               const NamedFileScanners& scanners, const Limits& limits,
                               const std::vector<Unscanned>& told);

}  // namespace pushguard
