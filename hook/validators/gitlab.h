// SPDX-License-Identifier: Apache-2.0
// GitLab's routable tokens:
//
//   prefix   "glpat-" and others
//   payload  in base64: 16 random bytes, the routing text, its size in one byte
//   ".01"    the version, which may be missing
//   "."
//   size     of the payload in characters, 2 digits of base36
//   CRC-32   of all before, 7 digits of base36
//
// The payload names the cell that serves the token. Classic tokens have no check and are
// `unknown`. A self-managed instance may put its own text before the prefix; the CRC covers
// that text as well.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

Validation check_gitlab_routable(std::string_view secret, int64_t now);
// Sets the CRC. The size digits and the payload must be right already.
void seal_gitlab_routable(std::string& secret);

}  // namespace pushguard
