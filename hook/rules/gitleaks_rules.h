// SPDX-License-Identifier: Apache-2.0
// Makes rules from a gitleaks file.
//
// Every rule is `likely`, which blocks: a site's own rule is meant to stop something. The
// regexes of an allow-list are compiled here, once for all rules that share it. Throws
// FileError when no rule can be made; what a rule loses is a warning with its place.
#pragma once

#include <string>
#include <vector>

#include "rules/gitleaks_file.h"
#include "rules/rule_file.h"

namespace pushguard {

// Appends to `warnings`. Throws FileError when no rule is left.
std::vector<RawRule> rules_of(const GitleaksFile& file, std::vector<std::string>& warnings);

}  // namespace pushguard
