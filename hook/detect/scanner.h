// SPDX-License-Identifier: Apache-2.0
// Rules on one content: keywords, then windows around them, then RE2, then what
// proves or excuses each candidate.
//
// A regex is compiled on its first keyword and kept for the process. Windows
// are positions in the whole content, so that `\b` and `^` see across their
// edges, and are as wide as the rule's longest match; where that has no bound,
// the window is the whole content. Matches are the same as every regex on the
// whole content would give.
//
// A delta is scanned where it differs from its base: keywords and candidates in
// bytes that both have, with everything around them that could matter, are
// taken over. Matches are the same as a scan of the whole would give.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/candidate.h"
#include "detect/compiled_regexes.h"
#include "objects/object.h"
#include "rules/rule_set.h"
#include "templates/templates.h"
#include "vocabulary/range.h"

namespace pushguard {

class Scanner {
 public:
  // The sets must outlive the scanner. `now` is Unix time in seconds.
  Scanner(std::vector<const RuleSet*> sets, const Templates& templates, int64_t now);
  Scanner(Scanner&&);
  ~Scanner();

  // A scanner for another thread: with the same rules, whose compiled regexes both share.
  Scanner for_thread() const;

  // Matches in order of position. Those that overlap count in different files
  // (without_overlaps()). Of a part, those whose keyword starts in the part's own
  // bytes. What it leaves in `object.remember` is for its deltas' `base`.
  std::vector<Match> scan(const Object& object);
  std::vector<Match> scan(std::string_view content);
  // What the last scan left out, of its first kMostExamples: literal templates
  // where a rule that is `likely` expects a secret. In the order of matches.
  static constexpr size_t kMostExamples = 10000;
  const std::vector<Match>& examples() const { return examples_; }
  // Rules of which the last scan, of a part, may have missed a match: they see
  // farther than parts overlap (rules/context_needed.h), and the part had what leads to them.
  const std::vector<const Rule*>& unscanned_rules() const { return unscanned_rules_; }
  // Values so far that are dropped because a check of their own failed.
  uint64_t failed_checks() const { return failed_checks_; }

 private:
  struct Runner;  // one rule's regex and windows

  Scanner(std::vector<const RuleSet*> sets, const Templates& templates, int64_t now,
          std::shared_ptr<CompiledRegexes> regexes);

  Runner& runner(const Rule& rule, size_t number);
  void add_windows(const RuleSet& set, size_t first_rule, const Object& object);
  void note_unscanned(const Rule& rule, const Object& object);
  void search(Runner& runner, std::string_view content, Range window, bool anywhere);
  void judge(Runner& runner, std::string_view content, Range secret, Range window);
  bool has_companion(Runner& runner, std::string_view content, Range secret) const;

  std::vector<const RuleSet*> sets_;
  const Templates& templates_;
  int64_t now_;
  std::shared_ptr<CompiledRegexes> regexes_;
  std::vector<uint16_t> slots_;    // by rule, all sets in order: 1 + place in runners_
  std::vector<Runner> runners_;    // of rules whose keyword was ever met
  std::vector<uint16_t> touched_;  // runners with windows
  std::vector<KeywordHit> hits_;
  std::vector<Candidate> candidates_;
  std::vector<Match> examples_;
  std::vector<const Rule*> unscanned_rules_;
  uint64_t failed_checks_ = 0;
};

}  // namespace pushguard
