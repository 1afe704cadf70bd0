// SPDX-License-Identifier: Apache-2.0
#include "rules/context_needed.h"

#include <algorithm>

#include "objects/blob_stream.h"
#include "regex/reach.h"
#include "rules/conditions.h"

namespace pushguard {

std::optional<size_t> context_needed(const Rule& rule) {
  std::optional<size_t> reach = rule.reach;
  if (rule.keywords.empty()) reach = longest_match(rule.regex);
  if (!reach || *reach == 0) return std::nullopt;
  return *reach + std::max(kContext, rule.conditions ? rule.conditions->context_needed() : 0);
}

bool fits_overlap(const Rule& rule) {
  const auto sight = context_needed(rule);
  return sight && *sight <= kPartMargin;
}

}  // namespace pushguard
