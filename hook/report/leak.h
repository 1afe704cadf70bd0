// SPDX-License-Identifier: Apache-2.0
// What a leak of a credential means, in words.
#pragma once

#include <string>

#include "rules/rule.h"

namespace pushguard {

// What its holder can do, and for how long: "whoever holds it can read what it opens, until
// somebody revokes it".
std::string leak_means(Privilege privilege, Lifetime lifetime);

}  // namespace pushguard
