// SPDX-License-Identifier: Apache-2.0
// Private keys of SSH.COM's programs: "BEGIN SSH2 ENCRYPTED PRIVATE KEY" stands over clear ones
// too.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// `secret` is the base64 of the key, or its beginning.
Validation check_ssh2_key(std::string_view secret, int64_t now);

}  // namespace pushguard
