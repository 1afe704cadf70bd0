// SPDX-License-Identifier: Apache-2.0
// Rules as text for people: the list, the page of one rule, the reference.
//
// Everything is derived from the rule files, so it cannot promise what the hook does not do.
// Examples are masked, so the text may be stored in any repository.
#pragma once

#include <span>
#include <string>

#include "rules/rule_file.h"

namespace pushguard {

// Aligned columns: id, confidence, provider, description.
std::string render_rule_list(std::span<const RawRule> rules);

// All fields of one rule, one on each line, for a terminal.
std::string render_rule(const RawRule& rule);

// The reference of all rules in Markdown, grouped by provider, with an index. The result
// depends only on `rules`.
std::string render_reference(std::span<const RawRule> rules);

}  // namespace pushguard
