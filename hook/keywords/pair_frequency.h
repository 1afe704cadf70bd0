// SPDX-License-Identifier: Apache-2.0
// How common a few characters are in source text, roughly: what the keyword
// tables choose a keyword's grams by. A wrong guess costs time only.
#pragma once

#include <string_view>

namespace pushguard {

// About how often the characters (one or more, whatever their case) follow each
// other, from 0 to 1: by the pairs in them.
double frequency_of(std::string_view characters);

}  // namespace pushguard
