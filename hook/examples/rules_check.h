// SPDX-License-Identifier: Apache-2.0
// `pushguard rules check`: rules tested as code is.
//
// For every rule: that each match contains one of its keywords (proved with
// RE2's FilteredRE2), that each example is found, by this rule, with the right
// secret validated, and that no negative is. For every rule about certain files:
// that each example is found in a file of each of its globs when all rules run.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "rules/rule_file.h"
#include "templates/templates.h"

namespace pushguard {

struct RulesCheck {
  size_t rules = 0, validated_rules = 0, proved = 0, examples = 0, negatives = 0;
  std::vector<std::string> mistakes;  // "rules/x.toml:12: rule 'y': ..."
};

RulesCheck check_rules(std::span<const RawRule> rules, const Templates& templates);

}  // namespace pushguard
