// SPDX-License-Identifier: Apache-2.0
#include "detect/vendor.h"

#include <algorithm>

namespace pushguard {
namespace {

bool is_whole_match(const Rule& rule, std::string_view value, RegexMatcher& matcher,
                    CompiledRegexes& regexes) {
  if (!rule.program.empty()) {
    matcher.search(rule.program, value, {0, value.size()});
    const RegexMatcher::Answer answer = matcher.find({0, 1});
    if (answer == RegexMatcher::Answer::match) return matcher.match().size() == value.size();
    if (answer == RegexMatcher::Answer::none) return false;
  }
  return regexes.get(rule, rule.regex)
      .Match({value.data(), value.size()}, 0, value.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

const Rule* vendor_of(const RuleSet& set, std::string_view content, Range name, Range value,
                      RegexMatcher& matcher, CompiledRegexes& regexes) {
  std::vector<uint16_t> numbers;
  find_named_keys(set.named, content, name, numbers);
  const std::string_view text = content.substr(value.begin, value.size());
  const auto fits = std::ranges::find_if(numbers, [&](uint16_t number) {
    return is_whole_match(set.rules[number], text, matcher, regexes);
  });
  return fits == numbers.end() ? nullptr : &set.rules[*fits];
}

}  // namespace

void name_vendors(std::span<Candidate> found, std::span<const RuleSet* const> sets,
                  std::string_view content, Range name, RegexMatcher& matcher,
                  CompiledRegexes& regexes) {
  for (Candidate& candidate : found) {
    Match& match = candidate.match;
    if (candidate.kind != Candidate::Kind::finding || !is_generic(*match.rule)) continue;
    for (const RuleSet* set : sets) {
      if (match.vendor || set->named.empty()) continue;
      match.vendor = vendor_of(*set, content, name, match.secret, matcher, regexes);
    }
    if (match.vendor) match.confidence = std::max(match.confidence, match.vendor->confidence);
  }
}

}  // namespace pushguard
