// SPDX-License-Identifier: Apache-2.0
// Rules from a gitleaks file: the raw form -> the rules that the scanner runs.
//
// Every rule is `likely`, which blocks: a site's own rule is there to stop
// something. Regexes of allow-lists are compiled here, once for all rules that
// share a list. Throws FileError for what no rule can be made of; what a rule
// loses on the way is a warning with its place.
#pragma once

#include <string>
#include <vector>

#include "rules/gitleaks_file.h"
#include "rules/rule_file.h"

namespace pushguard {

// Appends to `warnings`. Throws when no rule is left.
std::vector<RawRule> rules_of(const GitleaksFile& file, std::vector<std::string>& warnings);

}  // namespace pushguard
