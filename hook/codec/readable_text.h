// SPDX-License-Identifier: Apache-2.0
// Whether decoded bytes are text that a person typed.
//
// What makes a decoder's answer worth something: random bytes pass with a
// chance of about one in three for each byte.
#pragma once

#include <string_view>

namespace pushguard {

// No control characters, and UTF-8 where it is not ASCII. True for no bytes.
bool is_readable_text(std::string_view text);

}  // namespace pushguard
