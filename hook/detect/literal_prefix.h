// SPDX-License-Identifier: Apache-2.0
// The literal text that every secret of a rule starts with, such as "ghp_".
#pragma once

#include <string_view>

#include "rules/rule.h"

namespace pushguard {

// The longest part of a keyword that `secret` begins with, as written in `secret`, or "". The
// keyword may start before the secret; then the part is its end.
std::string_view literal_prefix(const Rule& rule, std::string_view secret);

}  // namespace pushguard
