// SPDX-License-Identifier: Apache-2.0
// What the developer reads: the verdict in the first line, then where, what and
// how to go on.
#pragma once

#include <string>

#include "policy/decision.h"
#include "push/push.h"
#include "report/redaction.h"

namespace pushguard {

// Returns "" when there is nothing to say about the push.
std::string render_message(const Decision& decision, const Push& push, const Config& config,
                           bool merges, const Redaction& redaction);

// The message for a push that could not be judged; `what` says what went wrong.
std::string render_failure(std::string_view what, std::string_view contact);

}  // namespace pushguard
