// SPDX-License-Identifier: Apache-2.0
// Measures whether a text was drawn at random or written by a person.
//
// A model of pairs of letters and of their case, 1 KiB, made from the words of source code
// (letter_pair_table.h). The model codes "getUserName", "libx11-dev" and "net/http" in few
// bits, but a random text in more bits than its alphabet needs.
// Rejected: Shannon entropy alone (it is nearly the same for "getUserName" and for a random
// text of that length); word lists (names, languages and abbreviations are endless); larger
// models (they are part of the binary).
#pragma once

#include <string_view>

namespace pushguard {

// In bits: the cost of `text` under the model, minus its cost as random characters of the
// smallest usual alphabet that contains it (hex, base36, base62 ...). About 0 or less for
// words of any length; 2 to 3 for each character of a random text. Any bytes are allowed.
double randomness(std::string_view text);

}  // namespace pushguard
