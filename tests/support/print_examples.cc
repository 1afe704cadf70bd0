// SPDX-License-Identifier: Apache-2.0
// Prints every example of every built-in rule for tests to push: a JSON object on each line,
// texts in hex.
#include <nlohmann/json.hpp>

#include <cstdio>

#include "examples/rule_example.h"
#include "rules/built_in.h"
#include "support/encode.h"

int main() {
  using namespace pushguard;
  for (const RuleSource& source : built_in_sources()) {
    const TomlFile file{std::string(source.name), std::string(source.text)};
    for (const RawRule& rule : read_rules(file)) {
      for (size_t number = 0; number < rule.examples.size(); ++number) {
        const RuleExample example = make_example(rule, number);
        const nlohmann::json line{{"rule", rule.id},
                                  {"number", number + 1},
                                  {"paths", rule.paths},
                                  {"text", test::in_hex(example.text)},
                                  {"secret", test::in_hex(example.secret)}};
        std::printf("%s\n", line.dump().c_str());
      }
    }
  }
}
