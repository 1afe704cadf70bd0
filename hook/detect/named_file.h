// SPDX-License-Identifier: Apache-2.0
// The second scan of a file whose name says what it is: promoted examples, which are
// template values in a real environment file, and what the rules about certain files
// find.
//
// The hook scans a blob without its name first, since a pack has none; a scan of files
// knows the name at once. Both come here, so that they report the same.
#pragma once

#include <vector>

#include "detect/finding.h"
#include "detect/scanner.h"

namespace pushguard {

struct NamedFileScanners {
  Scanner* examples;    // with the rules about any text; null: examples are not looked for
  Scanner& file_rules;  // with the rules about certain files
};

// Findings that count at some paths only (`Finding::kind`). Those of file rules come
// first; each group is in order of position.
std::vector<Finding> scan_named_file(const Object& blob, const NamedFileScanners& scanners);

}  // namespace pushguard
