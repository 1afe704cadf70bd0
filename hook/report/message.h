// SPDX-License-Identifier: Apache-2.0
// What the developer reads: the verdict in the first line, then where, what and
// how to go on.
#pragma once

#include <string>
#include <vector>

#include "report/redaction.h"
#include "report/remedy.h"

namespace pushguard {

// Returns "" when there is nothing to say about the push.
std::string render_message(const Redacted<Decision>& decision, const Redacted<Push>& push,
                           const Config& config, const WaysOut& ways_out);

// The message for a push that could not be judged; `what` says what went wrong.
std::string render_failure(const Redacted<std::string>& what, const SiteMessage& site);

}  // namespace pushguard
