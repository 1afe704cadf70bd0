// SPDX-License-Identifier: Apache-2.0
// Prefixes that a site chose for its own tokens, where the product lets it.
//
// GitLab has two such settings: the prefix of personal access tokens, in place
// of the usual one, and the instance's, in front of every token's own prefix
// and a '-' (docs.gitlab.com/administration/settings/account_and_limit_settings
// and .../security/tokens). No other provider of the built-in rules has one:
// tokens of GitHub Enterprise, Vault and Artifactory keep their prefixes, and the built-in
// rules find them behind any joint; what a check proves, behind any text. The new rules are
// made from the built-in ones, so both match the same bodies.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_file.h"

namespace pushguard {

struct OwnPrefixes {
  std::string provider;  // as the configuration names it: "gitlab"
  std::vector<std::string> prefixes;
};

// The providers whose prefixes can be configured.
std::span<const std::string_view> providers_with_own_prefixes();

// What is wrong with `prefix`; "" when it is valid.
std::string_view mistake_in_prefix(std::string_view prefix);

// One rule for each built-in rule whose tokens may have the prefixes; its id is that of the
// built-in rule and "-own-prefix". `own` must be valid by the functions above.
std::vector<RawRule> rules_with(const OwnPrefixes& own, std::span<const Rule> built_in);

}  // namespace pushguard
