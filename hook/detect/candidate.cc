// SPDX-License-Identifier: Apache-2.0
#include "detect/candidate.h"

#include <algorithm>
#include <tuple>

namespace pushguard {
namespace {

// It says what a whole file is, if its name fits, which is not known here.
bool is_of_whole_file(const Rule& rule) { return rule.keywords.empty() && !rule.paths.empty(); }

// Where rules other than generic ones have judged something: ascending, apart.
std::vector<Range> known_places(const std::vector<Candidate>& candidates) {
  std::vector<Range> places;
  for (const Candidate& candidate : candidates) {
    const Rule& rule = *candidate.match.rule;
    if (!is_generic(rule) && !is_of_whole_file(rule)) places.push_back(candidate.match.secret);
  }
  std::ranges::sort(places, {}, &Range::begin);
  size_t apart = 0;
  for (const Range& place : places) {
    if (apart > 0 && places[apart - 1].end >= place.begin) {
      places[apart - 1].end = std::max(places[apart - 1].end, place.end);
    } else {
      places[apart++] = place;
    }
  }
  places.resize(apart);
  return places;
}

bool overlaps_any(const std::vector<Range>& places, const Range& range) {
  const auto after = std::ranges::upper_bound(places, range.begin, {}, &Range::end);
  return after != places.end() && after->overlaps(range);
}

}  // namespace

std::vector<Match> without_overlaps(const std::vector<Candidate>& candidates) {
  const std::vector<Range> known = known_places(candidates);
  std::vector<const Match*> found, of_files;
  for (const Candidate& candidate : candidates) {
    const Match& match = candidate.match;
    if (candidate.kind != Candidate::Kind::finding) continue;
    if (is_generic(*match.rule) && overlaps_any(known, match.secret)) continue;
    (is_of_whole_file(*match.rule) ? of_files : found).push_back(&match);
  }
  // The surest first; then each takes its place unless that is taken.
  std::ranges::sort(found, {}, [](const Match* match) {
    return std::tuple(-static_cast<int>(match->confidence), match->secret.begin, ~match->secret.end,
                      match->rule->id);
  });
  std::vector<Match> kept;
  for (const Match* match : found) {
    const auto after = std::ranges::lower_bound(kept, match->secret.begin, {},
                                                [](const Match& m) { return m.secret.begin; });
    const bool taken = (after != kept.end() && after->secret.overlaps(match->secret)) ||
                       (after != kept.begin() && (after - 1)->secret.overlaps(match->secret));
    if (!taken) kept.insert(after, *match);
  }
  for (const Match* match : of_files) kept.push_back(*match);
  if (!of_files.empty()) {
    std::ranges::stable_sort(kept, {}, [](const Match& match) { return match.secret.begin; });
  }
  return kept;
}

}  // namespace pushguard
