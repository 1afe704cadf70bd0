// SPDX-License-Identifier: Apache-2.0
// What the developer reads: the verdict in the first line, then where, what and
// how to go on.
#pragma once

#include <string>

#include "policy/decision.h"
#include "push/push.h"
#include "report/redaction.h"

namespace pushguard {

// "" for a push that nothing is to be said about.
std::string render_message(const Decision& decision, const Push& push, const Config& config,
                           bool merges, const Redaction& redaction);

// For a push that could not be judged at all, with what went wrong.
std::string render_failure(std::string_view what, std::string_view contact);

}  // namespace pushguard
