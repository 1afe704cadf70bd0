// SPDX-License-Identifier: Apache-2.0
#include "detect/rule_windows.h"

#include "detect/inheritance.h"
#include "rules/context_needed.h"

namespace pushguard {

Scanner::Runner& Scanner::runner(const Rule& rule, size_t number) {
  if (slots_[number] == 0) {
    runners_.emplace_back(rule);
    slots_[number] = static_cast<uint16_t>(runners_.size());
  }
  return runners_[slots_[number] - 1u];
}

void Scanner::add_windows(const RuleSet& set, size_t first_rule, const Object& object) {
  auto copy = object.copies.begin();
  const std::string_view content = object.content;
  const bool is_later_part = object.part && object.part->offset > 0,
             may_begin = !content.empty() && set.unfiltered_begin.contains(content.front());
  for (const uint16_t number : may_begin ? set.unfiltered : std::span<const uint16_t>()) {
    if (set.rules[number].begins_text && is_later_part) continue;
    Runner& runner = this->runner(set.rules[number], first_rule + number);
    const Range all{0, content.size()};
    runner.add({all, false}, runner.rule->begins_text ? Range{0, 1} : all);
    note_unscanned(*runner.rule, object);
    touched_.push_back(static_cast<uint16_t>(&runner - runners_.data()));
  }
  constexpr size_t kAtOnce = 16 << 10;  // hits between two looks at the clock
  for (size_t i = 0; i < hits_.size(); ++i) {
    if (i % kAtOnce == 0 && !may_go_on()) return;
    const KeywordHit& hit = hits_[i];
    const Range keyword{hit.position, hit.position + set.keywords.keywords[hit.keyword].size};
    if (object.base) {
      while (copy != object.copies.end() && copy->end() <= keyword.begin) ++copy;
    }
    for (const auto& [number, end_max] : set.keywords.uses_of(hit.keyword)) {
      const Rule& rule = set.rules[number];
      if (rule.begins_text && is_later_part) continue;
      const Range range = window_of(rule, end_max, keyword, object.content.size());
      const bool settled = object.base && copy != object.copies.end() &&
                           search_is_copied(rule, keyword, *copy, object);
      Runner& runner = this->runner(rule, first_rule + number);
      if (runner.windows.empty()) {
        touched_.push_back(static_cast<uint16_t>(&runner - runners_.data()));
        note_unscanned(rule, object);
      }
      const size_t before = end_max == KeywordIndex::kAnywhere ? keyword.end : end_max;
      const size_t begin = std::max(range.begin, keyword.end - std::min(keyword.end, before));
      runner.add({range, settled}, {std::min(begin, keyword.begin), keyword.begin + 1});
    }
  }
}

void Scanner::note_unscanned(const Rule& rule, const Object& object) {
  if (object.part && !fits_overlap(rule)) unscanned_rules_.push_back(&rule);
}

}  // namespace pushguard
