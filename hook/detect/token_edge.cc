// SPDX-License-Identifier: Apache-2.0
#include "detect/token_edge.h"

#include <algorithm>

#include "rules/rule.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

using std::string_view;

bool ends_with_hex(string_view text, size_t digits) {
  return text.size() >= digits &&
         std::ranges::all_of(text.substr(text.size() - digits), is_hex_digit);
}

string_view without(string_view text, size_t ending) {
  return text.substr(0, text.size() - ending);
}

// `\n`, `\0`, `\033`, `\x3d`, `\u003d`, `\U0000003d`, `%3D`, `=3D`
bool ends_with_escape(string_view text) {
  constexpr string_view kLetters = "nrtbfvae";
  if (kLetters.find(text.back()) != kLetters.npos && without(text, 1).ends_with('\\')) return true;
  for (size_t digits = 1; digits <= 3 && digits < text.size(); ++digits) {
    if (!is_digit(text[text.size() - digits])) break;
    if (text[text.size() - digits - 1] == '\\') return true;
  }
  if (!ends_with_hex(text, 2)) return false;
  const string_view before = without(text, 2);
  if (before.ends_with('%') || before.ends_with('=') || before.ends_with("\\x")) return true;
  return before.ends_with("u00") || before.ends_with("U000000");
}

// `ESC[0m`, `\e[1;32m`
bool ends_with_color(string_view text) {
  if (text.back() != 'm') return false;
  const size_t bracket = text.find_last_not_of("0123456789;", text.size() - 2);
  return bracket != text.npos && text[bracket] == '[';
}

// ` -uTOKEN`
bool ends_with_option(string_view text) {
  return text.size() >= 2 && text[text.size() - 2] == '-' && is_letter(text.back()) &&
         (text.size() == 2 || (!is_alnum(text[text.size() - 3]) && text[text.size() - 3] != '_'));
}

// A byte that no text has stands before the word: the word may be a length, or another text.
bool is_in_record(string_view text) {
  const auto word = std::ranges::find_if_not(text.rbegin(), text.rend(), is_alnum);
  if (word == text.rend()) return false;
  const char c = *word;
  return (c >= 0 && c < '\t') || (c > '\r' && c < ' ' && c != '\x1b') || c == '\x7f';
}

}  // namespace

bool is_inside_word(string_view content, size_t begin) {
  constexpr size_t kFarthest = 64;
  if (begin == 0 || !is_alnum(content[begin - 1])) return false;
  const size_t low = begin - std::min(begin, kFarthest);
  const string_view text = content.substr(low, begin - low);
  return !ends_with_escape(text) && !ends_with_color(text) && !ends_with_option(text) &&
         !is_in_record(text);
}

bool is_inside_base64(string_view content, size_t begin) {
  constexpr size_t kShortest = 40;
  if (begin == 0 || (content[begin - 1] != '+' && content[begin - 1] != '/')) return false;
  const size_t low = begin - std::min(begin, kNameContext);
  size_t at = begin;
  while (at > low &&
         (is_alnum(content[at - 1]) || content[at - 1] == '+' || content[at - 1] == '/'))
    --at;
  const string_view digits = content.substr(at, begin - at);
  constexpr string_view kScheme = ";base64,";
  if (content.substr(low, at - low).ends_with(kScheme)) return true;
  if (digits.size() < kShortest) return false;
  // Of random digits two in five are capitals, and one in six is 0 to 9. Words of a path have few.
  const auto count = [&](bool (*is)(char)) {
    return static_cast<size_t>(std::ranges::count_if(digits, is));
  };
  return count(is_upper) * 5 >= digits.size() && count(is_lower) * 5 >= digits.size() &&
         count(is_digit) * 16 >= digits.size();
}

}  // namespace pushguard
