// SPDX-License-Identifier: Apache-2.0
// Any content under the built-in rules, whole and as a delta of its own half.
#include <algorithm>

#include "detect/scanner.h"
#include "examples/rule_example.h"
#include "fuzz/fuzz.h"
#include "rules/built_in.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  std::vector<std::string> texts;
  for (const RawRule& rule : raw_rules()) {
    for (size_t i = 0; i < rule.examples.size(); ++i) texts.push_back(make_example(rule, i).text);
  }
  return texts;
}

void run(std::string_view input) {
  static Scanner scanner({&built_in_rules()}, built_in_templates(), 1767225600);
  const auto matches = scanner.scan(input);
  size_t end = 0;
  for (const Match& match : matches) {
    expect(match.rule != nullptr, "a match has a rule");
    expect(match.secret.begin >= end, "matches ascend and do not overlap");
    expect(match.secret.begin < match.secret.end, "a secret is not empty");
    expect(match.secret.end <= input.size(), "a secret is within the content");
    end = match.secret.end;
  }
  const Copy half{0, 0, input.size() / 2};
  if (half.size == 0) return;
  std::unique_ptr<Remembered> remembered;
  Object base{{}, ObjectType::blob, input.substr(0, half.size)};
  base.remember = &remembered;
  scanner.scan(base);
  Object delta{{}, ObjectType::blob, input};
  delta.base = remembered.get();
  delta.base_size = half.size;
  delta.copies = {&half, 1};
  const auto again = scanner.scan(delta);
  expect(std::ranges::equal(again, matches,
                            [](const Match& one, const Match& other) {
                              return one.rule == other.rule && one.secret == other.secret &&
                                     one.confidence == other.confidence;
                            }),
         "a delta of the half is the whole");
}

}  // namespace pushguard::fuzz
