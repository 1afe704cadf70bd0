// SPDX-License-Identifier: Apache-2.0
// One byte of text written as an escape: of URLs, mail, HTML, and of string literals in JSON,
// JavaScript, Python, C, Rust, Perl, shells and their like.
//
// What is read is what any of them reads. Rejected: an encoding for each language (a file does
// not say which it is in, and nobody writes the token that two of them read differently).
#pragma once

#include <cstddef>
#include <string_view>

namespace pushguard {

struct Escape {
  int value;      // the byte; -1 for none
  size_t length;  // of what is written, in bytes
};

// A character that is not ASCII: no letter, digit or white space.
inline constexpr char kForeign = '\xff';

// Of the escape at the start of `rest`, which must not be empty.
Escape percent_escape(std::string_view rest);    // %67, %u0067
Escape quoted_escape(std::string_view rest);     // =67
Escape backslash_escape(std::string_view rest);  // \x67 \x{67} \u0067 \u{67} \U00000067 \147 \n \/
Escape entity_escape(std::string_view rest);     // &#103; &#x67;

}  // namespace pushguard
