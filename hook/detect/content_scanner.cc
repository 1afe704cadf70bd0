#include "detect/content_scanner.h"

#include <algorithm>
#include <iterator>

namespace pushguard {

ContentScanner::ContentScanner(Scanner& scanner, const Limits& limits)
    : scanner_(scanner), encoded_(scanner, limits),
      archives_(limits, [this](const Object& file) { return findings(file); }) {}

std::vector<Finding> ContentScanner::scan(const Object& object) {
  unscanned_.clear();
  std::vector<Finding> found = findings(object);
  std::vector<Finding> packed = archives_.scan(object);
  if (packed.empty() && archives_.unscanned().empty()) return found;
  // What is stored as it is need not be told twice.
  std::erase_if(found, [&](const Finding& finding) {
    return std::ranges::find(packed, finding.secret, &Finding::secret) != packed.end();
  });
  std::ranges::move(packed, std::back_inserter(found));
  std::ranges::copy(archives_.unscanned(), std::back_inserter(unscanned_));
  return found;
}

std::vector<Finding> ContentScanner::findings(const Object& object) {
  std::vector<Match> matches = scanner_.scan(object);
  const std::vector<EncodedMatch> hidden = encoded_.scan(object, matches);
  std::ranges::copy(encoded_.unscanned(), std::back_inserter(unscanned_));
  if (matches.empty() && hidden.empty()) return {};
  leave_to_encoded(matches, hidden);
  std::vector<Finding> found = findings_in(matches, object);
  std::ranges::move(findings_in(hidden, object), std::back_inserter(found));
  return found;
}

}  // namespace pushguard
