// SPDX-License-Identifier: Apache-2.0
// GitLab's routable tokens: a payload that names the cell, then a CRC-32.
//
// Classic tokens have no check and are `unknown`. A self-managed instance may
// put its own text before the prefix, and the CRC covers what it put there.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

Validation check_gitlab_routable(std::string_view secret, int64_t now);
// Sets the CRC; size digits and payload must be right already.
void seal_gitlab_routable(std::string& secret);

}  // namespace pushguard
