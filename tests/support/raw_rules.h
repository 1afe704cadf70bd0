// SPDX-License-Identifier: Apache-2.0
// The built-in rules as written in their files, with their examples.
#pragma once

#include <vector>

#include "rules/rule_file.h"

namespace pushguard::test {

std::vector<RawRule> raw_rules();

}  // namespace pushguard::test
