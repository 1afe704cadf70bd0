// SPDX-License-Identifier: Apache-2.0
#include "policy/new_rules.h"

#include <algorithm>

namespace pushguard {

std::optional<std::chrono::sys_days> NewRules::warn_until(const Release& release) const {
  const auto found = std::ranges::find(known, release, &KnownRelease::release);
  if (found == known.end() || !found->first_push || *found->first_push > today) return std::nullopt;
  const std::chrono::sys_days until = *found->first_push + days;
  return today < until ? std::optional(until) : std::nullopt;
}

}  // namespace pushguard
