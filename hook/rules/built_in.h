// SPDX-License-Identifier: Apache-2.0
// The rules and templates of rules/*.toml as static data in the binary.
//
// pushguard-rulegen (rules/generate/) writes the definitions at build time.
#pragma once

#include <span>
#include <string_view>

#include "rules/file_names.h"
#include "rules/provider.h"
#include "rules/rule_set.h"
#include "rules/rule_source.h"
#include "templates/templates.h"

namespace pushguard {

// Both list all rules. The keyword index of the first has the rules about any text, that of
// the second the rules about certain files (Rule::paths).
const RuleSet& built_in_rules();
const RuleSet& built_in_file_rules();
// The names of the files that are scanned once more (file_names.h).
const FileNameRules& built_in_file_names();
std::span<const RuleSource> built_in_sources();  // for `rules check` and `rules show`
// Placeholder words and published values of rules/templates.toml.
const Templates& built_in_templates();
// The issuers of rules/providers.toml.
const ProviderTable& built_in_providers();
// The SHA-256 of all these files, in hex.
std::string_view built_in_digest();
// The releases in which some of them are new or stricter (Rule::since), ascending.
std::span<const Release> built_in_releases();

}  // namespace pushguard
