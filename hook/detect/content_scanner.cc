// SPDX-License-Identifier: Apache-2.0
#include "detect/content_scanner.h"

#include <algorithm>
#include <iterator>

namespace pushguard {

ContentScanner::ContentScanner(Scanner& scanner, const Limits& limits)
    : scanner_(scanner),
      encoded_(scanner, limits),
      archives_(limits, [this](const Object& file, std::optional<Cause>& cause) {
        return findings(file, cause);
      }) {}

std::vector<Finding> ContentScanner::scan(const Object& object) {
  unscanned_.clear();
  cut_off_.reset();
  std::vector<Finding> found = findings(object, cut_off_);
  add_packed(found, archives_.scan(object));
  std::ranges::copy(archives_.unscanned(), std::back_inserter(unscanned_));
  return found;
}

ContentCoverage ContentScanner::take_coverage() {
  ContentCoverage all = encoded_.take_coverage();
  all.merge(archives_.take_coverage());
  return all;
}

std::vector<Finding> ContentScanner::findings(const Object& object, std::optional<Cause>& cut_off) {
  std::vector<Match> matches = scanner_.scan(object);
  const uint64_t size = object.part ? object.part->size : object.content.size();
  const auto stop = scanner_.stopped();
  if (stop) {
    if (!cut_off) cut_off = cause_of(stop->why);
    unscanned_.push_back({object.id, object.type, size, stop->why, stop->detail});
  }
  if (const std::string_view what = scanner_.unread(end_of_own(object)); !what.empty()) {
    if (!cut_off) cut_off = Cause::too_large;
    unscanned_.push_back({object.id, object.type, size, Why::too_large, std::string(what)});
  }
  std::vector<EncodedMatch> hidden;
  if (!stop || stop->why != Why::out_of_time) {
    hidden = encoded_.scan(object, matches);
    std::ranges::copy(encoded_.unscanned(), std::back_inserter(unscanned_));
  }
  if (matches.empty() && hidden.empty()) return {};
  prefer_encoded(matches, hidden);
  std::vector<Finding> found = findings_in(matches, object);
  std::ranges::move(findings_in(hidden, object), std::back_inserter(found));
  return found;
}

}  // namespace pushguard
