// SPDX-License-Identifier: Apache-2.0
// The small pieces of which layouts consist: blanks, words, literals.
//
// Each takes the text and a position in it, and reads forwards or backwards from there.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "vocabulary/ascii.h"
#include "vocabulary/range.h"

namespace pushguard {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_line_end(char c) { return c == '\n' || c == '\r'; }
constexpr bool is_space(char c) { return is_blank(c) || is_line_end(c); }
constexpr bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
constexpr bool is_word_byte(char c) { return is_alnum(c) || c == '_'; }

size_t skip_blanks(std::string_view text, size_t at);
size_t skip_spaces(std::string_view text, size_t at);
// The end of the word at `at`; `at` if there is none.
size_t word_end(std::string_view text, size_t at);
// Where the word that ends at `end` begins, not before `low`.
size_t word_begin(std::string_view text, size_t end, size_t low);
size_t line_end(std::string_view text, size_t at);
// Whether `word` is one of `words`, which are in lower case.
bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);

// A literal: prefix, quotes, text.
struct Literal {
  Range inside{0, 0};
  size_t end = 0;  // behind its quotes; 0: there is none
};
Literal read_literal(std::string_view text, size_t at);

// The text in `<![CDATA[...]]>` at `at`, which blanks may come before; else empty.
Range read_character_data(std::string_view text, size_t at);

// A value without quotes: up to a blank, or to what closes or separates values.
Range read_bare(std::string_view text, size_t at);

// Whether what is at `range` stands in a line that is a comment.
bool is_in_comment(std::string_view content, Range range);

}  // namespace pushguard
