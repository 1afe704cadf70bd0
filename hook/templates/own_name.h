// SPDX-License-Identifier: Apache-2.0
// `api_key = "api_key"`: a value that only says what stands there.
#pragma once

#include <string_view>

namespace pushguard {

// True if the key before the value is the value, without regard to case and to
// what is no letter and no digit. `before` ends where the value begins: quotes,
// blanks and the usual signs of an assignment may stand between.
bool is_own_name(std::string_view before, std::string_view value);

}  // namespace pushguard
