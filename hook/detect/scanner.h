// Rules on one content: keywords, then windows around them, then RE2, then what
// proves or excuses each candidate.
//
// A regex is compiled on its first keyword and kept for the process. Windows
// are positions in the whole content, so that `\b` and `^` see across their
// edges, and are as wide as the rule's longest match; where that has no bound,
// the window is the whole content. Matches are the same as every regex on the
// whole content would give.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/rule_set.h"
#include "detect/templates.h"
#include "range.h"

namespace re2 {
class RE2;
}

namespace pushguard {

struct Match {
  const Rule* rule = nullptr;
  Range secret;  // in the content
  Confidence confidence = Confidence::possible;
  std::string note;  // what the validator said, or ""
  std::string_view example;  // the template that it is (templates.h); "" for a finding
};

class Scanner {
 public:
  // The sets must outlive the scanner. `now` is Unix time in seconds.
  Scanner(std::vector<const RuleSet*> sets, const Templates& templates, int64_t now);
  ~Scanner();

  // Matches whose keyword starts in one of `fresh`, in order of position, no
  // two of which overlap: the surest rule has the place.
  std::vector<Match> scan(std::string_view content, std::span<const Range> fresh);
  std::vector<Match> scan(std::string_view content);
  // What the last scan left out, its first kMostExamples: literal templates where a rule that is
  // `likely` expects a secret.
  static constexpr size_t kMostExamples = 10000;
  const std::vector<Match>& examples() const { return examples_; }

 private:
  struct Runner;  // one rule's regex and windows

  void find_windows(const RuleSet& set, size_t first_runner, std::string_view content,
                    std::span<const Range> fresh);
  void search(Runner& runner, std::string_view content, Range window, std::vector<Match>& matches);
  void judge(Runner& runner, std::string_view content, Range secret,
             std::vector<Match>& matches);
  // Takes out what a generic rule says of values that another rule knows.
  void give_way(std::vector<Match>& matches);
  bool has_companion(Runner& runner, std::string_view content, Range secret) const;

  std::vector<const RuleSet*> sets_;
  const Templates& templates_;
  int64_t now_;
  std::vector<Runner> runners_;  // of all sets, in order
  std::vector<uint32_t> touched_;
  std::vector<KeywordHit> hits_;
  std::vector<Match> examples_;
  std::vector<Range> dismissed_;  // what rules other than generic ones judged and dropped
};

}  // namespace pushguard
