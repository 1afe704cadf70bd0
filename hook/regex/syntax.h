// SPDX-License-Identifier: Apache-2.0
// The ends of escapes and classes in a regex's text, for translating Go's dialect.
//
// A class must end where RE2 ends it. Sizes never exceed the text, whatever it contains.
// Source: RE2's syntax page, and its parser where the page is silent.
#pragma once

#include <cstddef>
#include <string_view>

namespace pushguard {

// The size of the escape at the start of `text`, with its backslash: "\pL", "\x{2028}", "\xE9",
// "\012". For "\Q" it is 2, without what that quotes.
size_t escape_size(std::string_view text);

// The size of the class at the start of `text`, with both brackets: "[^]a]", "[[:alpha:]_]",
// "[a-[]". The size of `text` when the class does not end.
size_t class_size(std::string_view text);

}  // namespace pushguard
