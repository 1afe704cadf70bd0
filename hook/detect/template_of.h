// SPDX-License-Identifier: Apache-2.0
// Which template a candidate is, and whether its text alone speaks against it, in view of its rule
// and of what stands before it.
#pragma once

#include <optional>
#include <string_view>

#include "rules/rule.h"
#include "templates/templates.h"
#include "vocabulary/range.h"

namespace pushguard {

// Tests the secret at `range` without the literal text that every secret of `rule` starts with,
// what it decodes to, and whether it only repeats its own name. Words behind the prefix of
// tokens are a placeholder, and names joined by dots without quotes a reference.
std::optional<TemplateMatch> template_of(const Templates& templates, const Rule& rule,
                                         std::string_view content, Range range);

// The longest part of a keyword that `secret` begins with, as written in `secret`, or "". The
// keyword may start before the secret; then the part is its end.
std::string_view literal_prefix(const Rule& rule, std::string_view secret);

// Whether the secret begins with a literal of its rule, or has one inside that is no chance in
// random text: it says itself who issued it. Those of generic rules name nobody.
bool names_issuer(const Rule& rule, std::string_view secret);

// Whether the secret of a rule with a literal prefix begins amid a word ("task_live_...") or
// base64.
bool begins_inside_word(const Rule& rule, std::string_view content, Range range);

// Whether the secret reads as words, so that it is at most possible. A password may be words; it
// counts if one of them says what it is for ("sentinel-server-password").
bool is_chosen_as_words(const Templates& templates, const Rule& rule, std::string_view content,
                        Range range);

}  // namespace pushguard
