// SPDX-License-Identifier: Apache-2.0
// The second scan of a named file (rules/file_names.h). It finds promoted examples, which are
// template values in a real environment file, and runs the rules about certain files.
//
// The hook scans a blob before it knows its name; a scan of files knows the name at once. Both
// call this, so they report the same.
#pragma once

#include <vector>

#include "detect/finding.h"
#include "detect/scanner.h"

namespace pushguard {

struct NamedFileScanners {
  Scanner* examples;    // with the rules about any text; null: examples are not looked for
  Scanner& file_rules;  // with the rules about certain files
};

// Findings that count only at certain paths (Finding::kind): first those of the rules about
// certain files, then the examples, each ordered by position.
std::vector<Finding> scan_named_file(const Object& blob, const NamedFileScanners& scanners);

}  // namespace pushguard
