// SPDX-License-Identifier: Apache-2.0
// Imported rules written in our own format, for a site to adopt.
//
// A start, not a rule file yet: each rule there needs examples, which no other
// format has, and `rules check` asks for them by place. Rejected: examples made
// from the regex (they would prove only that it matches itself).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "rules/rule_file.h"

namespace pushguard {

struct WrittenRules {
  std::string text;                   // TOML
  std::vector<std::string> left_out;  // "rule 'x': it has allow-lists", one line each
};

WrittenRules write_rules(std::span<const RawRule> rules);

}  // namespace pushguard
