// SPDX-License-Identifier: Apache-2.0
#include "examples/rule_example.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "examples/example.h"
#include "regex/regex.h"
#include "validators/validator.h"

namespace pushguard {
namespace {

// The first value that passes, beside any of the names in `text`.
std::string first_value(const RawRule& rule, const RE2& regex, const std::string& text) {
  uint64_t bytes = std::numeric_limits<uint64_t>::max();
  re2::StringPiece groups[kMostGroups];
  for (size_t at = 0;
       regex.Match(text, at, text.size(), RE2::UNANCHORED, groups, rule.secret_group + 1);) {
    const auto begin = static_cast<size_t>(groups[rule.secret_group].data() - text.data());
    at =
        static_cast<size_t>(groups[0].data() - text.data()) + std::max<size_t>(1, groups[0].size());
    std::vector<Range> values;
    rule.validator->values(text, {begin, begin + groups[rule.secret_group].size()}, bytes, values);
    for (const Range& value : values) {
      std::string secret = text.substr(value.begin, value.size());
      if (rule.validator->check(secret, 0).validity != Validity::invalid) return secret;
    }
  }
  return {};
}

}  // namespace

RuleExample make_example(const RawRule& rule, size_t number) {
  ExampleGenerator generator(number + 1);
  RuleExample example{generator.expand(rule.examples[number]), {}};
  // A regex of a vendor's keys matches other words as well.
  const bool is_value = is_by_name(rule);
  const RE2 regex(is_value ? "[\"=](?:" + rule.regex + ")(?:\"|$)" : rule.regex, regex_options());
  re2::StringPiece groups[kMostGroups];
  if (!regex.Match(example.text, 0, example.text.size(), RE2::UNANCHORED, groups,
                   rule.secret_group + 1)) {
    return example;
  }
  const re2::StringPiece& group = groups[rule.secret_group];
  if (group.empty()) return example;
  if (is_value) {
    const auto end = static_cast<size_t>(group.data() - example.text.data()) + group.size();
    const size_t quoted = example.text[end - 1] == '"' ? 1 : 0;
    example.secret.assign(group.data() + 1, group.size() - 1 - quoted);
    return example;
  }
  const auto begin = static_cast<size_t>(group.data() - example.text.data());
  example.secret.assign(group.data(), group.size());
  if (rule.validator && rule.validator->extend) {
    Effort effort{std::numeric_limits<uint64_t>::max()};
    const Extent extent = rule.validator->extend(example.text, begin, effort);
    example.secret.clear();
    if (extent.kind == Extent::Kind::whole)
      example.secret = example.text.substr(begin, extent.end - begin);
  }
  if (rule.validator && rule.validator->values) {
    example.secret = first_value(rule, regex, example.text);
  }
  if (rule.validator && rule.validator->seal) {
    rule.validator->seal(example.secret);
    example.text.replace(begin, example.secret.size(), example.secret);
  }
  return example;
}

}  // namespace pushguard
