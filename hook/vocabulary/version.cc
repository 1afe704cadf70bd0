// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/version.h"

namespace pushguard {

std::string_view version() { return PUSHGUARD_VERSION; }

}  // namespace pushguard
