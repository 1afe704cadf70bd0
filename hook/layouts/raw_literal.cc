// SPDX-License-Identifier: Apache-2.0
#include "layouts/raw_literal.h"

#include <algorithm>

#include "layouts/named_values.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kMostMarks = 16;  // what C++ allows between the quote and the parenthesis

char at_or_nul(string_view text, size_t at) { return at < text.size() ? text[at] : '\0'; }

// From `begin` to `close`, which must come in the same line.
Literal up_to(string_view text, size_t begin, string_view close) {
  const string_view reach = text.substr(0, begin + kLongestValue + close.size());
  const size_t end = reach.find(close, begin);
  if (end == text.npos) return {};
  const string_view inside = text.substr(begin, end - begin);
  if (inside.empty() || inside.find('\n') != inside.npos) return {};
  return {{begin, end}, end + close.size()};
}

// From the line behind `begin`, which ends there, to `close`, which follows on the next line or
// in the same one.
Literal on_own_line(string_view text, size_t begin, string_view close) {
  if (at_or_nul(text, begin) == '\r') ++begin;
  if (at_or_nul(text, begin) != '\n') return {};
  const size_t first = skip_blanks(text, begin + 1);
  const string_view reach = text.substr(0, first + kLongestValue + close.size());
  size_t last = line_end(reach, first);
  const size_t next = skip_spaces(text, last);
  if (text.substr(next).starts_with(close)) return {{first, last}, next + close.size()};
  const string_view line = text.substr(first, last - first);
  if (!line.ends_with(close)) return {};
  last -= close.size();
  return {{first, last}, last + close.size()};
}

// `#"V"#`, `r##"V"##`: as many marks behind as before.
Literal read_marked(string_view text, size_t at) {
  if (text[at] == 'r') ++at;
  size_t marks = 0;
  while (marks < kMostMarks && at_or_nul(text, at + marks) == '#') ++marks;
  if (marks == 0 || at_or_nul(text, at + marks) != '"') return {};
  constexpr string_view kMarks = "\"################";
  static_assert(kMarks.size() == kMostMarks + 1);
  return up_to(text, at + marks + 1, kMarks.substr(0, marks + 1));
}

// `R"x(V)x"`
Literal read_parenthesised(string_view text, size_t at) {
  const size_t mark = at + 2;
  const size_t open = text.substr(0, mark + kMostMarks + 1).find('(', mark);
  if (open == text.npos) return {};
  const string_view own = text.substr(mark, open - mark);
  if (!std::ranges::all_of(own, is_word_byte)) return {};
  const string_view reach = text.substr(0, open + kLongestValue);
  constexpr int kMostTries = 16;
  size_t end = reach.find(')', open);
  for (int tries = 0; tries < kMostTries && end != reach.npos; ++tries) {
    const string_view behind = text.substr(end + 1);
    if (behind.starts_with(own) && at_or_nul(behind, own.size()) == '"') {
      return {{open + 1, end}, end + own.size() + 2};
    }
    end = reach.find(')', end + 1);
  }
  return {};
}

// `q(V)`, `qq{V}`, `%q[V]`, `%(V)`, `~s<V>`: `at` is the bracket.
Literal read_bracketed(string_view text, size_t at) {
  constexpr string_view kOpen = "([{<|/\"'", kClose = ")]}>|/\"'";
  const size_t kind = kOpen.find(at_or_nul(text, at));
  if (kind == kOpen.npos) return {};
  return up_to(text, at + 1, kClose.substr(kind, 1));
}

// `[[V]]`, `[==[V]==]`
Literal read_long_brackets(string_view text, size_t at) {
  size_t level = 0;
  while (level < kMostMarks && at_or_nul(text, at + 1 + level) == '=') ++level;
  const size_t begin = at + level + 2;
  if (at_or_nul(text, begin - 1) != '[') return {};
  const char first = at_or_nul(text, begin);
  if (is_quote(first) || is_space(first) || first == '[' || first == '{') return {};
  constexpr string_view kClose = "]================";
  static_assert(kClose.size() == kMostMarks + 1);
  const Literal literal = up_to(text, begin, kClose.substr(0, level + 1));
  if (literal.end == 0 || at_or_nul(text, literal.end) != ']') return {};
  return {literal.inside, literal.end + 1};
}

// `''V''`
Literal read_nix(string_view text, size_t at) {
  constexpr string_view kClose = "''", kNoStart = ",;:)]}.+|&'\"<>=";
  const char first = at_or_nul(text, at + 2);
  if (is_line_end(first)) return on_own_line(text, at + 2, kClose);
  if (first <= ' ' || kNoStart.find(first) != kNoStart.npos) return {};
  return up_to(text, at + 2, kClose);
}

}  // namespace

Literal read_raw_literal(string_view text, size_t at) {
  const char next = at_or_nul(text, at + 1);
  switch (at_or_nul(text, at)) {
    case '#': return read_marked(text, at);
    case 'r': return next == '#' ? read_marked(text, at) : Literal{};
    case 'R': return next == '"' ? read_parenthesised(text, at) : Literal{};
    case '[': return next == '[' || next == '=' ? read_long_brackets(text, at) : Literal{};
    case '\'': return next == '\'' ? read_nix(text, at) : Literal{};
    case '@':
      if (next != '\'' && next != '"') return {};
      return on_own_line(text, at + 2, next == '"' ? "\"@" : "'@");
    case 'q': {
      const size_t open = at + (next == 'q' ? 2 : 1);
      const char c = at_or_nul(text, open);
      return is_quote(c) ? Literal{} : read_bracketed(text, open);
    }
    case '%': {
      const bool has_letter = next == 'q' || next == 'Q';
      if (!has_letter && next != '(' && next != '[') return {};
      return read_bracketed(text, at + 1 + has_letter);
    }
    case '~': return next == 's' || next == 'S' ? read_bracketed(text, at + 2) : Literal{};
    default: return {};
  }
}

Literal read_here_document(string_view text, size_t at) {
  constexpr size_t kLongestMark = 40;
  while (at_or_nul(text, at) == '<') ++at;
  if (at_or_nul(text, at) == '-' || at_or_nul(text, at) == '~') ++at;
  at = skip_blanks(text, at);
  const bool quoted = at < text.size() && is_quote(text[at]);
  const size_t begin = at + quoted;
  const size_t end = word_end(text, begin);
  if (end == begin || end - begin > kLongestMark || is_digit(text[begin])) return {};
  if (quoted && at_or_nul(text, end) != text[at]) return {};
  const string_view mark = text.substr(begin, end - begin);
  const Literal literal = on_own_line(text, line_end(text, end + quoted), mark);
  // The mark has the line behind the text for itself.
  const bool whole = literal.end != 0 &&
                     (literal.end == text.size() || !is_word_byte(text[literal.end])) &&
                     literal.inside.end < literal.end - mark.size();
  return whole ? literal : Literal{};
}

}  // namespace pushguard
