// SPDX-License-Identifier: Apache-2.0
// The commands that take the secrets out of this push.
#pragma once

#include <string>
#include <vector>

#include "report/redaction.h"

namespace pushguard {

struct Step {
  std::string text;
  bool is_command = false;
};

// The steps in order, for the blocked exposures only. `merges` is whether the push brings
// merge commits. Commands name a commit by the first 12 digits of its id.
std::vector<Step> remedy(const Redacted<Decision>& decision, const Redacted<Push>& push,
                         bool merges);

}  // namespace pushguard
