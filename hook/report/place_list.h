// SPDX-License-Identifier: Apache-2.0
// The places of secrets, as the message lists them: by commit, a line or a few for each.
//
// One secret gets all that is known of it; many get a line each, so that all of them are seen.
// Rejected: a block for each secret with its places in it (the commit and its author stand there
// again and again, and sixty secrets are six hundred lines).
#pragma once

#include <vector>

#include "policy/decision.h"
#include "report/text.h"

namespace pushguard {

// Writes the places of `judged`, the secrets in the order of the commits that brought them, and
// then how many are left out: none of the first hundred.
void list_places(Text& text, const std::vector<const Judged*>& judged);

}  // namespace pushguard
