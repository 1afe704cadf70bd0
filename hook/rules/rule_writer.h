// SPDX-License-Identifier: Apache-2.0
// Writes imported rules in our own format, for a site to adopt.
//
// The result is a start: each rule still needs examples, which no other format has;
// `rules check` names the places. Rejected: examples made from the regex (they would prove
// only that it matches itself).
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
