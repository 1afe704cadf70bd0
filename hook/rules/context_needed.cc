// SPDX-License-Identifier: Apache-2.0
#include "rules/context_needed.h"

#include <algorithm>
#include <limits>

#include "objects/blob_stream.h"
#include "rules/conditions.h"
#include "rules/rule_file.h"
#include "validators/validator.h"

namespace pushguard {

uint32_t context_needed(const RawRule& rule) {
  // If a rule searches whole contents, its keyword may be far from the match.
  const bool stands_apart = rule.whole && !rule.keywords.empty();
  if (rule.facts.longest_match == 0 || stands_apart) return 0;
  size_t around = std::max(kContext, rule.conditions ? rule.conditions->context_needed() : 0);
  if (rule.validator && rule.validator->values)
    around = rule.validator->values_within + kNameContext;
  return static_cast<uint32_t>(
      std::min<size_t>(rule.facts.longest_match + around, std::numeric_limits<uint32_t>::max()));
}

bool fits_overlap(const Rule& rule) {
  return rule.context_needed != 0 && rule.context_needed <= kPartMargin;
}

}  // namespace pushguard
