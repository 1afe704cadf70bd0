// SPDX-License-Identifier: Apache-2.0
#include "examples/rule_example.h"

#include <limits>

#include "examples/example.h"
#include "regex/regex.h"
#include "validators/validator.h"

namespace pushguard {

RuleExample make_example(const RawRule& rule, size_t number) {
  ExampleGenerator generator(number + 1);
  RuleExample example{generator.expand(rule.examples[number]), {}};
  const RE2 regex(rule.regex, regex_options());
  re2::StringPiece groups[kMostGroups];
  if (!regex.Match(example.text, 0, example.text.size(), RE2::UNANCHORED, groups,
                   rule.secret_group + 1)) {
    return example;
  }
  const re2::StringPiece& group = groups[rule.secret_group];
  if (group.empty()) return example;
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
    std::vector<Range> values;
    uint64_t bytes = std::numeric_limits<uint64_t>::max();
    rule.validator->values(example.text, {begin, begin + group.size()}, bytes, values);
    example.secret.clear();
    for (const Range& value : values) {
      const std::string_view text(example.text.data() + value.begin, value.size());
      if (rule.validator->check(text, 0).validity == Validity::invalid) continue;
      example.secret = text;
      break;
    }
  }
  if (rule.validator && rule.validator->seal) {
    rule.validator->seal(example.secret);
    example.text.replace(begin, example.secret.size(), example.secret);
  }
  return example;
}

}  // namespace pushguard
