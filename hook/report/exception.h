// SPDX-License-Identifier: Apache-2.0
// The push option by which a developer asks for all secrets of a refused push to be let through.
#pragma once

#include <string>
#include <vector>

#include "policy/decision.h"

namespace pushguard {

// `-o "pushguard.allow=ID,ID REASON"`, as it is typed.
std::string exception_option(const std::vector<const Judged*>& blocked);

}  // namespace pushguard
