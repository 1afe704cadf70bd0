// SPDX-License-Identifier: Apache-2.0
// How much rather a text was drawn at random than written by a person.
//
// A model of pairs of letters and of the case they stand in, 1 KiB, made from
// the words of source code (letter_pair_table.h): "getUserName", "libx11-dev" and
// "net/http" are cheap to say with it, random text is dearer than the alphabet
// it was drawn from. Rejected: Shannon entropy alone (that of "getUserName" and
// of a random text of its length hardly differ), word lists (names, languages
// and abbreviations have no end), larger models (they ship in the binary).
#pragma once

#include <string_view>

namespace pushguard {

// In bits: the cost of `text` under the model, less its cost as a draw from the
// smallest usual alphabet that has it (hex, base36, base62 ...). Words have
// about 0 or less, whatever their length; a random text gains 2 to 3 bits a
// character. Any bytes are allowed.
double randomness(std::string_view text);

}  // namespace pushguard
