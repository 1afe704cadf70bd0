// SPDX-License-Identifier: Apache-2.0
// A rule file, and what `config check` does with it.
#include "examples/rules_check.h"
#include "fuzz/fuzz.h"
#include "rules/built_in.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  std::vector<std::string> files;
  for (const RuleSource& source : built_in_sources()) files.emplace_back(source.text);
  return files;
}

void run(std::string_view input) {
  const auto rules = read_rules(TomlFile("rules.toml", std::string(input)));
  for (const RawRule& rule : rules) {
    expect(!rule.id.empty() && !rule.examples.empty(), "a rule has what it must have");
    expect(
        !rule.keywords.empty() || !rule.paths.empty() || rule.facts.begins_text || is_by_name(rule),
        "it has keywords, names, files of its own, or a regex that is tried once");
  }
  // One rule is enough: all are checked by the same code.
  if (!rules.empty()) check_rules(std::span(rules).first(1), built_in_templates());
}

}  // namespace pushguard::fuzz
