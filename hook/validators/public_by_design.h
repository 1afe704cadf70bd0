// SPDX-License-Identifier: Apache-2.0
// Values that look like secrets and are put before everybody by their vendor's own instructions:
// publishable keys, tokens of browser snippets, search keys of documentation.
//
// To report them teaches people to ignore the hook. A prefix that the vendor keeps for such
// values tells it, or the snippet around: its mark must stand before the value, in the same
// statement.
// Rejected: rules that report them as `possible` (they are right and of no use).
#pragma once

#include <string_view>

#include "vocabulary/range.h"

namespace pushguard {

// Whether the value at `range` of `content` is meant to be seen.
bool is_public_by_design(std::string_view content, Range range);

// The part of it that the value tells: "pk_live_...", "phc_...".
bool has_public_prefix(std::string_view value);

}  // namespace pushguard
