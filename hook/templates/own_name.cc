// SPDX-License-Identifier: Apache-2.0
#include "templates/own_name.h"

#include <algorithm>
#include <string>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr size_t kLongestKey = 96;
constexpr size_t kMostBetween = 12;
constexpr size_t kLongestWord = 24, kMostDigits = 2;  // "managerpassword" has 15

bool is_key_byte(char c) { return is_alnum(c) || c == '_' || c == '-' || c == '.'; }

std::string bare(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (is_alnum(c)) letters += to_lower(c);
  }
  return letters;
}

// "key", "Secret", "URL"; "pwd", but not "kqzvx".
bool is_word(std::string_view piece) {
  constexpr size_t kMostConsonants = 4, kMostVowels = 3, kWithoutVowel = 3;
  if (piece.size() > kLongestWord) return false;
  const bool one_case = std::all_of(piece.begin() + 1, piece.end(), is_lower) ||
                        std::all_of(piece.begin(), piece.end(), is_upper);
  size_t vowels = 0, run = 0;
  bool after_vowel = false;
  for (const char c : piece) {
    const bool vowel = std::string_view("aeiouy").find(to_lower(c)) != std::string_view::npos;
    vowels += vowel;
    run = vowel == after_vowel ? run + 1 : 1;
    after_vowel = vowel;
    if (run > (vowel ? kMostVowels : kMostConsonants)) return false;
  }
  return one_case && (vowels > 0 || piece.size() <= kWithoutVowel);
}

}  // namespace

bool reads_as_name(std::string_view text) {
  size_t digits = 0, letters = 0, words = 0;
  for (size_t begin = 0, end; begin < text.size(); begin = end) {
    end = begin + 1;
    digits += is_digit(text[begin]);
    if (!is_letter(text[begin])) continue;
    while (end < text.size() && is_letter(text[end]) &&
           !(is_lower(text[end - 1]) && is_upper(text[end])))
      ++end;
    if (!is_word(text.substr(begin, end - begin))) return false;
    letters += end - begin;
    ++words;
  }
  return words > 0 && letters >= 3 * words && digits <= kMostDigits;
}

bool is_own_name(std::string_view before, std::string_view value, std::string_view literal_prefix) {
  constexpr std::string_view kBetween = " \t\"'`\\:=>,([";
  if (value.size() < 3 || value.size() > kLongestKey) return false;
  const size_t end = before.find_last_not_of(kBetween);
  if (end == std::string_view::npos || end + 1 == before.size()) return false;
  if (before.size() - end - 1 > kMostBetween) return false;
  // With only blanks between, the text before is no key: it may be the same secret once more.
  if (before.find_last_not_of(" \t") == end) return false;
  size_t begin = end + 1;
  while (begin > 0 && end + 1 - begin < kLongestKey && is_key_byte(before[begin - 1])) --begin;
  const std::string name = bare(value);
  if (name.empty() || bare(before.substr(begin, end + 1 - begin)) != name) return false;
  if (value.starts_with(literal_prefix)) value.remove_prefix(literal_prefix.size());
  return reads_as_name(value);
}

}  // namespace pushguard
