// SPDX-License-Identifier: Apache-2.0
#include "detect/named_file.h"

namespace pushguard {

std::vector<Finding> scan_named_file(const Object& blob, const NamedFileScanners& scanners) {
  std::vector<Finding> found = findings_in(scanners.file_rules.scan(blob), blob);
  for (Finding& finding : found) finding.kind = FindingKind::named_file;
  if (!scanners.examples) return found;
  scanners.examples->scan(blob);
  for (Finding& finding : findings_in(scanners.examples->examples(), blob)) {
    finding.kind = FindingKind::promoted_example;
    found.push_back(std::move(finding));
  }
  return found;
}

}  // namespace pushguard
