// SPDX-License-Identifier: Apache-2.0
#include "detect/candidate.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>

namespace pushguard {
namespace {

// It says what a whole file is, if its name fits, which is not known here.
bool is_of_whole_file(const Rule& rule) { return rule.keywords.empty() && !rule.paths.empty(); }

bool contains(const std::vector<const Rule*>& rules, const Rule* rule) {
  return std::ranges::find(rules, rule) != rules.end();
}

// Ranges of one kind: ascending and apart once settle() was called.
class Ranges {
 public:
  void add(Range range) { ranges_.push_back(range); }

  void settle() {
    std::ranges::sort(ranges_, {}, &Range::begin);
    size_t apart = 0;
    for (const Range& range : ranges_) {
      if (apart > 0 && ranges_[apart - 1].end >= range.begin) {
        ranges_[apart - 1].end = std::max(ranges_[apart - 1].end, range.end);
      } else {
        ranges_[apart++] = range;
      }
    }
    ranges_.resize(apart);
  }

  bool overlap(const Range& range) const {
    const auto after = std::ranges::upper_bound(ranges_, range.begin, {}, &Range::end);
    return after != ranges_.end() && after->overlaps(range);
  }

 private:
  std::vector<Range> ranges_;
};

// Where rules other than generic ones have judged something.
class KnownPlaces {
 public:
  // Without the findings that are less sure than `least`.
  KnownPlaces(const std::vector<Candidate>& candidates, Confidence least) {
    for (const Candidate& candidate : candidates) {
      const Rule& rule = *candidate.match.rule;
      if (is_generic(rule) || is_of_whole_file(rule)) continue;
      if (candidate.kind == Candidate::Kind::unproven) {
        unproven_.add(candidate.match.secret);
        continue;
      }
      if (candidate.kind == Candidate::Kind::finding && candidate.match.confidence < least) {
        continue;
      }
      places_[is_about_all(rule) ? nullptr : &rule].add(candidate.match.secret);
    }
    for (auto& [rule, ranges] : places_) ranges.settle();
    unproven_.settle();
  }

  // Whether one of them is known in every file; else lets it yield to the others.
  bool have(Match& generic) const {
    if (unproven_.overlap(generic.secret)) generic.is_strong = false;
    for (const auto& [rule, ranges] : places_) {
      if (!ranges.overlap(generic.secret)) continue;
      if (!rule) return true;
      generic.yields_to.push_back(rule);
    }
    return false;
  }

 private:
  std::map<const Rule*, Ranges> places_;  // null: of all rules that are about all files
  Ranges unproven_;
};

// 0: the value says who issued it; 1: the rule does; 2: neither.
int issuer_rank(const Match& match) {
  if (match.names_issuer) return 0;
  return names_no_issuer(*match.rule) ? 2 : 1;
}

// Gives each match its place, the surest first. Of those that are as sure and begin together, the
// one that names an issuer is first.
class Contest {
 public:
  void enter(Match match) { entries_.push_back(std::move(match)); }

  std::vector<Match> result() {
    std::ranges::sort(entries_, {}, [](const Match& match) {
      return std::tuple(-static_cast<int>(match.confidence), match.secret.begin, issuer_rank(match),
                        ~match.secret.end, match.rule->id);
    });
    for (Match& match : entries_) place(match);
    std::vector<Match> kept;
    for (Match* match : kept_) kept.push_back(std::move(*match));
    std::ranges::stable_sort(kept, {}, [](const Match& match) { return match.secret.begin; });
    return kept;
  }

 private:
  using Places = std::map<size_t, Match*>;  // by where they begin; apart

  void place(Match& match) {
    std::vector<Match*> winners;
    for (const auto& [rule, places] : places_) {
      const size_t before = winners.size();
      auto place = places.lower_bound(match.secret.begin);
      if (place != places.begin()) --place;
      for (; place != places.end() && place->first < match.secret.end; ++place) {
        if (place->second->secret.overlaps(match.secret)) winners.push_back(place->second);
      }
      if (rule == match.rule && winners.size() > before) return;
    }
    if (loses_to(match, {winners.begin(), winners.end()})) return give_age(match, winners);
    const bool everywhere = is_about_all(*match.rule) && match.yields_to.empty();
    places_[everywhere ? nullptr : match.rule].emplace(match.secret.begin, &match);
    kept_.push_back(&match);
  }

  // Where an older rule would block, a newer one that takes its place is no news.
  static void give_age(const Match& loser, const std::vector<Match*>& winners) {
    if (loser.confidence < Confidence::likely) return;
    for (Match* winner : winners) winner->since = std::min(winner->since, loser.since);
  }

  std::vector<Match> entries_;
  std::vector<Match*> kept_;
  std::map<const Rule*, Places> places_;  // null: of all that count in every file
};

void give_to_vendors(std::vector<Match>& matches) {
  for (Match& match : matches) {
    if (!match.vendor) continue;
    match.rule = match.vendor;
    match.since = match.vendor->since;
  }
}

}  // namespace

std::vector<Match> without_overlaps(const std::vector<Candidate>& candidates) {
  const KnownPlaces known(candidates, Confidence::possible);
  std::optional<KnownPlaces> known_surely;  // what a vendor that is named does not surpass
  Contest contest;
  std::vector<Match> of_files;
  for (const Candidate& candidate : candidates) {
    if (candidate.kind != Candidate::Kind::finding) continue;
    if (is_of_whole_file(*candidate.match.rule)) {
      of_files.push_back(candidate.match);
      continue;
    }
    Match match = candidate.match;
    if (match.vendor && !known_surely) known_surely.emplace(candidates, Confidence::likely);
    const KnownPlaces& others = match.vendor ? *known_surely : known;
    if (!is_generic(*match.rule) || !others.have(match)) contest.enter(std::move(match));
  }
  std::vector<Match> kept = contest.result();
  give_to_vendors(kept);
  if (of_files.empty()) return kept;
  std::ranges::move(of_files, std::back_inserter(kept));
  std::ranges::stable_sort(kept, {}, [](const Match& match) { return match.secret.begin; });
  return kept;
}

std::vector<Match> examples_without_overlaps(const std::vector<Candidate>& candidates,
                                             size_t most) {
  Contest contest;
  size_t count = 0;
  for (const Candidate& candidate : candidates) {
    if (candidate.kind != Candidate::Kind::example || count == most) continue;
    contest.enter(candidate.match);
    ++count;
  }
  return contest.result();
}

bool loses_to(Match& match, std::vector<const Match*> winners) {
  // Before a match come those that it yields to itself: they yield to fewer.
  std::ranges::stable_sort(winners, {},
                           [](const Match* winner) { return winner->yields_to.size(); });
  for (const Match* winner : winners) {
    // Where a winner yields to another rule, so must the match. Else both are reported.
    const bool has_place = std::ranges::all_of(
        winner->yields_to, [&](const Rule* other) { return contains(match.yields_to, other); });
    if (!has_place) continue;
    if (is_about_all(*winner->rule)) return true;
    if (winner->rule != match.rule && !contains(match.yields_to, winner->rule)) {
      match.yields_to.push_back(winner->rule);
    }
  }
  return false;
}

bool counts_in_file(const Rule& rule, std::span<const Rule* const> yields_to,
                    std::string_view path) {
  return applies_to(rule, path) && std::ranges::none_of(yields_to, [&](const Rule* other) {
           return applies_to(*other, path);
         });
}

}  // namespace pushguard
