// SPDX-License-Identifier: Apache-2.0
// How many bytes around a keyword a rule depends on, and so whether it finds all
// matches in the overlapping parts of large blobs (objects/blob_stream.h).
//
// Rejected: larger parts for such rules (a match without a bound needs the whole
// blob), and leaving the rules out in silence.
#pragma once

#include <cstdint>

#include "rules/rule.h"

namespace pushguard {

struct RawRule;

// Rule::context_needed: the bytes on both sides of a keyword (of a match, for a rule
// without keywords) that decide what the rule finds there; 0: there is no bound.
uint32_t context_needed(const RawRule& rule);

// Whether neighbouring parts overlap by the context that the rule needs.
bool fits_overlap(const Rule& rule);

}  // namespace pushguard
