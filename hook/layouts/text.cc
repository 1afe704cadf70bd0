// SPDX-License-Identifier: Apache-2.0
#include "layouts/text.h"

#include <algorithm>

#include "layouts/named_values.h"
#include "layouts/raw_literal.h"

namespace pushguard {

using std::string_view;

size_t skip_blanks(string_view text, size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

size_t skip_spaces(string_view text, size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

size_t word_end(string_view text, size_t at) {
  while (at < text.size() && is_word_byte(text[at])) ++at;
  return at;
}

size_t word_begin(string_view text, size_t end, size_t low) {
  while (end > low && is_word_byte(text[end - 1])) --end;
  return end;
}

size_t line_end(string_view text, size_t at) {
  while (at < text.size() && !is_line_end(text[at])) ++at;
  return at;
}

bool is_one_of(string_view word, std::initializer_list<string_view> words) {
  return std::ranges::any_of(words, [&](string_view one) {
    return one.size() == word.size() &&
           std::ranges::equal(one, word, [](char a, char b) { return a == to_lower(b); });
  });
}

Literal read_literal(string_view text, size_t at) {
  constexpr string_view kPrefixes = "bBuUrRfFlLnN@$", kRaw = "#rR['@q%~";
  if (at < text.size() && kRaw.find(text[at]) != kRaw.npos) {
    if (const Literal raw = read_raw_literal(text, at); raw.end != 0) return raw;
  }
  size_t open = at;
  while (open < text.size() && open < at + 2 && kPrefixes.find(text[open]) != kPrefixes.npos) {
    ++open;
  }
  size_t slashes = 0;
  while (open < text.size() && slashes < 3 && text[open] == '\\') ++open, ++slashes;
  if (open >= text.size() || !is_quote(text[open])) return {};
  const char quote = text[open];
  size_t quotes = 1;
  while (quotes < 3 && open + quotes < text.size() && text[open + quotes] == quote) ++quotes;
  if (quotes == 2) return {{open + 1, open + 1}, open + 2};
  const size_t begin = open + quotes;
  const bool lines = quotes == 3 || quote == '`';
  size_t last = std::min(text.size(), begin + kLongestValue + 64), escapes = 0;
  for (size_t p = begin; p < last; ++p) {
    const char c = text[p];
    if (c == '\\') {
      ++escapes;
      continue;
    }
    const bool closes = c == quote && (slashes > 0 ? escapes == slashes : escapes % 2 == 0) &&
                        (quotes == 1 || text.substr(p, quotes) == text.substr(open, quotes));
    if (closes) return {{begin, p - slashes}, p + quotes};
    if (is_line_end(c) && !lines) last = p;
    escapes = 0;
  }
  return {};
}

Range read_character_data(string_view text, size_t at) {
  constexpr string_view kOpen = "<![CDATA[", kClose = "]]>";
  at = skip_spaces(text, at);
  if (!text.substr(at).starts_with(kOpen)) return {at, at};
  const size_t begin = skip_spaces(text, at + kOpen.size());
  size_t end = text.substr(0, begin + kLongestValue).find(kClose, begin);
  if (end == text.npos) return {at, at};
  while (end > begin && is_space(text[end - 1])) --end;
  return {begin, end};
}

Range read_bare(string_view text, size_t at) {
  constexpr string_view kEnds = "\"'`<>;,\\|";
  size_t end = at;
  int depth = 0;
  for (; end < text.size() && static_cast<unsigned char>(text[end]) > ' ' &&
         kEnds.find(text[end]) == kEnds.npos;
       ++end) {
    const char c = text[end];
    depth += c == '(' || c == '[' || c == '{';
    if ((c == ')' || c == ']' || c == '}') && depth-- == 0) break;
    // `token=V&page=2`
    if (c != '&' || end + 1 >= text.size()) continue;
    const size_t next = word_end(text, end + 1);
    if (next > end + 1 && next < text.size() && (text[next] == '=' || text[next] == ';')) break;
  }
  const bool ends = end == text.size() || static_cast<unsigned char>(text[end]) <= ' ';
  const bool is_dot = end > at + 2 && text[end - 1] == '.' && text[end - 2] != '.';
  if (ends && (is_dot || (end > at + 1 && text[end - 1] == ':'))) --end;
  return {at, end};
}

bool is_in_comment(string_view content, Range range) {
  constexpr size_t kFarthest = 400;
  const size_t low = range.begin - std::min(range.begin, kFarthest);
  size_t begin = range.begin;
  while (begin > low && !is_line_end(content[begin - 1])) --begin;
  const string_view line = content.substr(skip_blanks(content, begin));
  for (const string_view mark : {"#", "//", "/*", "*", "--", ";", "<!--", "%", "\"\"\"", ">>>"}) {
    if (line.starts_with(mark)) return !line.starts_with("--") || line.starts_with("-- ");
  }
  return false;
}

}  // namespace pushguard
