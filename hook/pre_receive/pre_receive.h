// SPDX-License-Identifier: Apache-2.0
// The hook itself: the seven stages in their order, once a push.
#pragma once

#include <optional>
#include <string>

#include "push/environment.h"

namespace pushguard {

// Exit codes: what git sees. Anything but 0 refuses every ref of the push.
inline constexpr int kAccepted = 0, kRefused = 1, kUndecided = 2;

// Reads standard input, judges the push, writes the audit record, then tells
// the developer on standard error. Never throws. `config` is `--config`'s path.
int run_pre_receive(const std::optional<std::string>& config, const Environment& environment);

}  // namespace pushguard
