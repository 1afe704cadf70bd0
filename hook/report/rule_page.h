// SPDX-License-Identifier: Apache-2.0
// A rule as people read it: a line of the list, all about one, the reference.
//
// Everything is derived from the rule files, so that it cannot say what the
// hook does not do. Examples are masked: the text may stand in any repository.
#pragma once

#include <span>
#include <string>

#include "rules/rule_file.h"

namespace pushguard {

// What whoever holds the credential can do, and for how long; one sentence.
std::string leak_means(const RawRule& rule);

// Aligned columns: id, confidence, provider, description.
std::string render_rule_list(std::span<const RawRule> rules);

// Fields, one a line, for a terminal.
std::string render_rule(const RawRule& rule);

// The whole reference in Markdown, by provider, with an index. The same rules
// give the same bytes.
std::string render_reference(std::span<const RawRule> rules);

}  // namespace pushguard
