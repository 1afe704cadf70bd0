// SPDX-License-Identifier: Apache-2.0
#include "report/priority.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/leak.h"
#include "rules/rule.h"

namespace pushguard {
namespace {

int weight_of(Privilege privilege) {
  switch (privilege) {
    case Privilege::admin:
    case Privilege::pay: return 3;
    case Privilege::write:
    case Privilege::identity:
    case Privilege::send: return 2;
    case Privilege::read:
    case Privilege::infer:
    case Privilege::unknown: return 1;
  }
  return 1;
}

std::string_view certainty_of(Confidence confidence) {
  switch (confidence) {
    case Confidence::confirmed: return "a secret that its own check confirms";
    case Confidence::likely: return "very likely a secret";
    case Confidence::possible: break;
  }
  return "perhaps a secret";
}

}  // namespace

std::string_view to_string(Priority priority) {
  switch (priority) {
    case Priority::critical: return "critical";
    case Priority::high: return "high";
    case Priority::medium: return "medium";
    case Priority::low: return "low";
  }
  return "low";
}

Rating rate(const Exposure& exposure, bool is_public) {
  const Rule& rule = *exposure.rule;
  if (exposure.kind == FindingKind::promoted_example) {
    return {Priority::low, "an example value in an environment file"};
  }
  if (exposure.is_spent) return {Priority::low, "it opens nothing any more: " + exposure.note};
  int weight = weight_of(rule.privilege);
  if (exposure.confidence == Confidence::possible) --weight;
  if (rule.lifetime == Lifetime::short_lived || rule.lifetime == Lifetime::discontinued) --weight;
  if (is_public) ++weight;
  std::string why = fmt::format("{}; {}", certainty_of(exposure.confidence),
                                leak_means(rule.privilege, rule.lifetime));
  if (is_public) why += "; everybody may read the repository";
  return {Priority(std::clamp(weight, 0, 3)), std::move(why)};
}

}  // namespace pushguard
