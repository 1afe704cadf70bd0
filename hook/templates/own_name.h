// SPDX-License-Identifier: Apache-2.0
// `api_key = "api_key"`: a value that only repeats the name of its key.
#pragma once

#include <string_view>

namespace pushguard {

// Whether the key before `value` equals it; letter case and all characters except letters and
// digits are ignored. `before` ends where `value` begins. Between key and value there must be
// 1 to 12 quotes, blanks and signs of an assignment, and not blanks alone.
bool is_own_name(std::string_view before, std::string_view value);

}  // namespace pushguard
