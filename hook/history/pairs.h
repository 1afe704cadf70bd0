// SPDX-License-Identifier: Apache-2.0
// Pairs of secrets that are used together, such as a key and its id.
//
// Rule::companion is a regex for the value that a rule's secret is used together with. A pair
// is such a secret and an exposure that the regex matches as a whole, in one file or in two, of
// the same origin, and only `possible` by itself. The secret of a pair is at least `likely`;
// the other one becomes its partner and is not reported by itself. An exception for the secret
// does not cover the partner: see decide() in policy/decision.h.
#pragma once

#include <vector>

#include "history/exposure.h"

namespace pushguard {

// Moves the other half of each pair into the `partners` of its secret: one for each secret,
// preferably one whose first place is in the same file.
void pair_exposures(std::vector<Exposure>& exposures);

}  // namespace pushguard
