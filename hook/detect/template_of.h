// SPDX-License-Identifier: Apache-2.0
// Which template a candidate is, in view of its rule and of what stands before it.
#pragma once

#include <optional>
#include <string_view>

#include "rules/rule.h"
#include "templates/templates.h"
#include "vocabulary/range.h"

namespace pushguard {

// Tests the secret at `range` without the literal text that every secret of `rule` starts with,
// what it decodes to, and whether it only repeats its own name.
std::optional<TemplateMatch> template_of(const Templates& templates, const Rule& rule,
                                         std::string_view content, Range range);

}  // namespace pushguard
