// SPDX-License-Identifier: Apache-2.0
// Pairs of secrets that are used together, such as a key and its id.
//
// Rule::companion matches the value that a rule's secret is used together with. When a push
// brings both, in one file or in two, the secret is at least `likely`. The other one is then
// reported with it and not by itself, if it alone is only `possible`. An exception for the
// secret does not cover it: see decide() in policy/decision.h.
#pragma once

#include <vector>

#include "history/exposure.h"

namespace pushguard {

// Moves each exposure that is the companion of another into that one's `partners`.
void pair_exposures(std::vector<Exposure>& exposures);

}  // namespace pushguard
