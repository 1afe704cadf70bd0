// SPDX-License-Identifier: Apache-2.0
// The pieces of RE2's syntax that hold others' characters: escapes and classes.
//
// RE2 keeps its parsed form to itself, and whoever reads a regex beside it must
// end a class where RE2 does. Sizes are never beyond the text, whatever stands
// in it. Source: RE2's syntax page, and its parser where the page is silent.
#pragma once

#include <cstddef>
#include <string_view>

namespace pushguard {

// Bytes of the escape that `text` begins with, from its backslash on: "\pL",
// "\x{2028}", "\xE9", "\012". Of "\Q" these two alone, not what it quotes.
size_t escape_size(std::string_view text);

// Bytes of the class that `text` begins with, both brackets included: "[^]a]",
// "[[:alpha:]_]", "[a-[]". All of `text` when it does not end.
size_t class_size(std::string_view text);

}  // namespace pushguard
