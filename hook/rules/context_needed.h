// SPDX-License-Identifier: Apache-2.0
// How far a rule looks, and so whether it sees all that it needs in the parts
// in which large blobs are handed over (objects/blob_stream.h).
//
// Rejected: larger parts for such rules (a match without a bound needs the
// whole), and leaving them out in silence.
#pragma once

#include <cstddef>
#include <optional>

#include "rules/rule.h"

namespace pushguard {

// Bytes on both sides of a keyword (of a match, for a rule without keywords)
// that decide what the rule finds there; nothing when there is no bound.
std::optional<size_t> context_needed(const Rule& rule);

// Whether neighbouring parts overlap by what the rule sees.
bool fits_overlap(const Rule& rule);

}  // namespace pushguard
