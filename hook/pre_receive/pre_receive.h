// SPDX-License-Identifier: Apache-2.0
// The hook itself: runs the stages on one push, in their order.
#pragma once

#include <optional>
#include <string>

#include "policy/decision.h"
#include "push/environment.h"

namespace pushguard {

// The exit codes. Every code but 0 makes git refuse all refs of the push.
inline constexpr int kAccepted = 0, kRefused = 1, kUndecided = 2;
int exit_code(Verdict verdict);

// Reads standard input, judges the push, writes the audit record, then reports to the
// developer on standard error. Returns the exit code. Never throws. `config` is the path
// given with --config.
int run_pre_receive(const std::optional<std::string>& config, const Environment& environment);

}  // namespace pushguard
