// Any content under the built-in rules, whole and in two fresh parts.
#include "detect/built_in.h"
#include "detect/rule_example.h"
#include "detect/scanner.h"
#include "fuzz/fuzz.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  std::vector<std::string> texts;
  for (const RuleSource& source : built_in_sources()) {
    const TomlFile file{std::string(source.name), std::string(source.text)};
    for (const RawRule& rule : read_rules(file)) {
      for (size_t i = 0; i < rule.examples.size(); ++i) texts.push_back(make_example(rule, i).text);
    }
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
  const Range whole[] = {{0, input.size()}};
  expect(scanner.scan(input, whole).size() == matches.size(), "all fresh is the whole");
  const Range halves[] = {{0, input.size() / 2}, {input.size() / 2, input.size()}};
  expect(scanner.scan(input, halves).size() == matches.size(), "two halves are the whole");
}

}  // namespace pushguard::fuzz
