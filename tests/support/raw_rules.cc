// SPDX-License-Identifier: Apache-2.0
#include "support/raw_rules.h"

#include <algorithm>
#include <iterator>

#include "rules/built_in.h"

namespace pushguard::test {

std::vector<RawRule> raw_rules() {
  std::vector<RawRule> all;
  for (const RuleSource& source : built_in_sources()) {
    const TomlFile file{std::string(source.name), std::string(source.text)};
    std::ranges::move(read_rules(file), std::back_inserter(all));
  }
  return all;
}

}  // namespace pushguard::test
