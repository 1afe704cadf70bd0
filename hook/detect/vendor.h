// SPDX-License-Identifier: Apache-2.0
// Whose secret it is that a generic rule found: see rules/named_keys.h.
#pragma once

#include <span>
#include <string_view>

#include "detect/candidate.h"
#include "detect/compiled_regexes.h"
#include "regex/matcher.h"
#include "rules/rule_set.h"
#include "vocabulary/range.h"

namespace pushguard {

// `found` are values beside the name at `name` in `content`. Where a vendor is named with it whose
// keys look like the value, a finding of a generic rule gets the vendor's rule and confidence.
void name_vendors(std::span<Candidate> found, std::span<const RuleSet* const> sets,
                  std::string_view content, Range name, RegexMatcher& matcher,
                  CompiledRegexes& regexes);

}  // namespace pushguard
