// SPDX-License-Identifier: Apache-2.0
// `api_key = "api_key"`: a value that only repeats the name of its key.
#pragma once

#include <string_view>

namespace pushguard {

// Whether the key before the value equals the value; letter case and all characters except
// letters and digits are ignored. `before` ends where the value begins. Between key and value
// there may be quotes, blanks and the usual signs of an assignment.
bool is_own_name(std::string_view before, std::string_view value);

}  // namespace pushguard
