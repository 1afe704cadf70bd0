// SPDX-License-Identifier: Apache-2.0
// Runs rules on one content: finds keywords, then windows around them, runs each rule's program
// there (regex/matcher.h), then validates each candidate and compares it with the templates.
//
// A site's rule has no program, and a program may leave a text undecided. Then RE2 runs the
// regex, which is compiled once for all scanners of a push. A window is a range of the whole
// content, so `\b` and `^` see across its edges. It is as wide as the rule's longest match;
// without such a bound it is the whole content. The matches are those that every regex would
// have on the whole content.
//
// A delta is scanned only where it differs from its base. Keywords and candidates in copied
// bytes are taken over from the base, if everything around them that could matter was copied
// as well. The matches are those of a scan of the whole.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/candidate.h"
#include "detect/compiled_regexes.h"
#include "objects/limits.h"
#include "objects/object.h"
#include "regex/matcher.h"
#include "rules/rule_set.h"
#include "templates/templates.h"
#include "validators/validator.h"
#include "vocabulary/range.h"

namespace pushguard {

class Scanner {
 public:
  // The sets must outlive the scanner. `now` is Unix time in seconds.
  Scanner(std::vector<const RuleSet*> sets, const Templates& templates, int64_t now,
          const Limits& limits = {});
  Scanner(Scanner&&);
  ~Scanner();

  // A scanner for another thread, or for another walk: with the same rules, whose compiled
  // regexes both share.
  Scanner another() const;

  // The matches, ordered by position. Matches that overlap count in different files
  // (without_overlaps()). For a part: the matches whose keyword starts in the part's own bytes.
  // Stores in `object.remember` what scans of the object's deltas need.
  std::vector<Match> scan(const Object& object);
  std::vector<Match> scan(std::string_view content);
  // Literal templates at places where a rule that is `likely` expects a secret, among the first
  // kMostExamples of the last scan; ordered by position.
  static constexpr size_t kMostExamples = 10000;
  const std::vector<Match>& examples() const { return examples_; }
  // Rules for which the last scan, of a part, may have missed a match: the part has a keyword of
  // theirs, and they need more context than parts overlap (rules/context_needed.h).
  const std::vector<const Rule*>& unscanned_rules() const { return unscanned_rules_; }
  // Why the last scan ended early, if it did: time ran out, or the content has more keywords or
  // matches than one object may have. What was found until then was returned.
  struct Stop {
    Why why;
    std::string detail;  // as in Unscanned
  };
  const std::optional<Stop>& stopped() const { return stopped_; }
  // Why the last scan did not read a place where a secret may begin to its end; "" if there was
  // none. If the content is only a part, `own_end` is where its own bytes end; else 0.
  std::string_view unread(size_t own_end) const;
  // The number of values so far that were dropped because their own check failed.
  uint64_t failed_checks() const { return failed_checks_; }

 private:
  struct Runner;  // one rule's windows, and its regex
  struct Found {
    Range match, secret;
  };

  // More findings than a push may have (detect/collector.h); the others are told as one Unscanned.
  static constexpr size_t kMostFindings = 20'000;
  // The share of the memory limit that keywords may take, and that candidates may take.
  static constexpr uint64_t kShare = 16;

  // Whether the scan may go on; else sets stopped_.
  bool may_go_on();
  Runner& runner(const Rule& rule, size_t number);
  void add_windows(const RuleSet& set, size_t first_rule, const Object& object);
  void note_unscanned(const Rule& rule, const Object& object);
  void search(Runner& runner, std::string_view content, Range window);
  std::optional<Found> next_match(Runner& runner, std::string_view content, Range window,
                                  size_t from);
  std::optional<Found> next_of_re2(Runner& runner, std::string_view content, Range window,
                                   size_t from);
  bool extend(const Rule& rule, std::string_view content, Range& secret);
  void judge_values(Runner& runner, std::string_view content, Range name, Range window);
  bool judge(Runner& runner, std::string_view content, Range secret, Range window);
  bool has_companion(Runner& runner, std::string_view content, Range secret);

  std::vector<const RuleSet*> sets_;
  const Templates& templates_;
  int64_t now_;
  Limits limits_;
  std::shared_ptr<CompiledRegexes> regexes_;
  std::vector<uint16_t> slots_;    // by rule, all sets in order: 1 + place in runners_
  std::vector<Runner> runners_;    // of rules whose keyword was ever met
  std::vector<uint16_t> touched_;  // runners with windows
  RegexMatcher matcher_, companion_matcher_;
  std::vector<KeywordHit> hits_;
  std::vector<Candidate> candidates_;
  std::vector<Match> examples_;
  std::vector<const Rule*> unscanned_rules_;
  size_t findings_ = 0;  // among the candidates
  std::optional<Stop> stopped_;
  Effort effort_;          // for secrets without a longest size in the content at hand
  size_t cut_off_at_ = 0;  // the first secret that goes on behind the content; else its end
  bool too_much_ = false;
  uint64_t name_bytes_ = 0;  // that may still be read beside names in the content at hand
  bool names_unread_ = false;
  std::vector<Range> values_;
  uint64_t failed_checks_ = 0;
};

}  // namespace pushguard
