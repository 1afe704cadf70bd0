// SPDX-License-Identifier: Apache-2.0
// Secrets that are used together, such as a key and its id, told as one.
//
// A rule names what its secret is used together with (Rule::companion). Where a
// push brings both, in one file or in two, the secret is likely at least, and
// the other, if it alone is only possible, is told beside it and not as a
// finding of its own - unless the secret may stand and the other may not: see
// decide() in policy/decision.h.
#pragma once

#include <vector>

#include "history/exposure.h"

namespace pushguard {

// Moves exposures that are the companion of another into that one's `partners`.
void pair_exposures(std::vector<Exposure>& exposures);

}  // namespace pushguard
