// SPDX-License-Identifier: Apache-2.0
// How to get the secrets out of this push: the commands for the case at hand.
#pragma once

#include <string>
#include <vector>

#include "policy/decision.h"
#include "push/push.h"
#include "report/redaction.h"

namespace pushguard {

struct Step {
  std::string text;
  bool is_command = false;
};

// Steps in order, for the blocked exposures only. `merges`: the push brings
// merge commits. Commands name commits by 12 digits.
std::vector<Step> remedy(const std::vector<Judged>& judged, const Push& push, bool merges,
                         const Redaction& redaction);

}  // namespace pushguard
