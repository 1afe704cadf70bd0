// SPDX-License-Identifier: Apache-2.0
#include "detect/named_file.h"

#include <algorithm>

namespace pushguard {
namespace {

// In order of position; where several rules know a value, the first one's match.
std::vector<Match> without_overlaps(std::vector<Match> examples) {
  std::ranges::stable_sort(examples, {}, [](const Match& match) { return match.secret.begin; });
  std::vector<Match> kept;
  for (Match& match : examples) {
    if (kept.empty() || !kept.back().secret.overlaps(match.secret)) {
      kept.push_back(std::move(match));
    }
  }
  return kept;
}

}  // namespace

std::vector<Finding> scan_named_file(const Object& blob, const NamedFileScanners& scanners) {
  std::vector<Finding> found = findings_in(scanners.file_rules.scan(blob), blob);
  for (Finding& finding : found) finding.kind = FindingKind::named_file;
  if (!scanners.examples) return found;
  scanners.examples->scan(blob);
  const auto examples = without_overlaps(scanners.examples->examples());
  for (Finding& finding : findings_in(examples, blob)) {
    finding.kind = FindingKind::promoted_example;
    found.push_back(std::move(finding));
  }
  return found;
}

}  // namespace pushguard
