// SPDX-License-Identifier: Apache-2.0
// What the binary was built with: rules/*.toml as static data.
//
// Declared here and defined in a file that pushguard-rulegen makes.
#pragma once

#include <span>
#include <string_view>

#include "rules/file_names.h"
#include "rules/rule_set.h"
#include "rules/rule_source.h"
#include "templates/templates.h"

namespace pushguard {

// Both have all rules; the index of the first leads to those about any text,
// that of the second to those about certain files only (Rule::paths).
const RuleSet& built_in_rules();
const RuleSet& built_in_file_rules();
// Marks in the names of the files that are looked at once more (file_names.h).
const FileNameRules& built_in_file_names();
std::span<const RuleSource> built_in_sources();  // for `rules check` and `rules show`
// Placeholder words and published values of rules/templates.toml.
const Templates& built_in_templates();
// SHA-256 of all of these files, hex.
std::string_view built_in_digest();

}  // namespace pushguard
