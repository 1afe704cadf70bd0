// SPDX-License-Identifier: Apache-2.0
// Which bytes the smallest pieces of a regex can match, in Latin-1.
//
// Perhaps more than RE2 would, never fewer: what is not told apart here (Unicode's
// classes) counts as any byte. RE2 refuses characters that Latin-1 has not.
#pragma once

#include <bitset>
#include <string_view>

namespace pushguard {

using ByteSet = std::bitset<256>;

// Of the escape that `text` begins with (syntax.h), which is no assertion and
// no "\Q".
ByteSet bytes_of_escape(std::string_view text);

// Of the class that `text` begins with.
ByteSet bytes_of_class(std::string_view text);

// The same, and each letter of ASCII in both cases; with one byte over 0x7f all of
// them.
ByteSet in_both_cases(ByteSet bytes);

}  // namespace pushguard
