// SPDX-License-Identifier: Apache-2.0
// The second scan of a push: files whose names say what they are, once these are known
// (detect/named_file.h).
//
// Only files that a push names anew are scanned, so a placeholder in a README costs
// nothing, and a copy of `.env.example` under a new name, which brings no new blob, is
// seen all the same.
#pragma once

#include <vector>

#include "detect/named_file.h"
#include "history/object_store.h"
#include "objects/coverage.h"
#include "objects/limits.h"
#include "objects/unscanned_list.h"

namespace pushguard {

struct NamedFileScan {
  std::vector<Finding> findings;
  std::vector<Unscanned> unscanned;  // missing, damaged, too large; out of time, or too many
  Looked looked;                     // of the files
};

// `pushed` has the quarantine and all objects of the server. A file is held whole here, so one
// over `limits.object_bytes` is not read. An Unscanned that is in `known` already is not
// returned again.
NamedFileScan scan_named_files(const OidSet& named_files, ObjectStore& pushed,
                               const NamedFileScanners& scanners, const Limits& limits,
                               const UnscannedList& known);

}  // namespace pushguard
