// SPDX-License-Identifier: Apache-2.0
// `pushguard rules check`: tests of rules.
//
// For every rule: each match of the regex contains one of its keywords (a proof, see
// keywords/proof.h); the rule itself finds each of its examples, and its validator confirms
// the right secret; the rule finds none of its negative examples. For every rule about
// certain files: each example is found in a file of each of its globs when all rules run.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "rules/rule_file.h"
#include "templates/templates.h"

namespace pushguard {

struct RulesCheck {
  size_t rules = 0, validated_rules = 0, proved = 0, named = 0, examples = 0, negatives = 0;
  std::vector<std::string> mistakes;  // "rules/x.toml:12: rule 'y': ..."
};

RulesCheck check_rules(std::span<const RawRule> rules, const Templates& templates);

}  // namespace pushguard
