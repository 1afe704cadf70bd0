// SPDX-License-Identifier: Apache-2.0
// Whether decoded bytes are text that a person typed.
//
// A random byte passes with a probability of about one third, so decoded bytes that pass are
// evidence that the decoding was right.
#pragma once

#include <string_view>

namespace pushguard {

// No control characters, and UTF-8 where it is not ASCII. True for no bytes.
bool is_readable_text(std::string_view text);

}  // namespace pushguard
