// SPDX-License-Identifier: Apache-2.0
#include "validators/words_or_code.h"

#include <algorithm>

#include "validators/letter_pair_model.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

using std::string_view;

constexpr size_t kShortest = 8, kLongest = 120;

bool is_year(string_view digits) {
  return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

// "2", "24", "123", "4444", "2024": people count, repeat, and name years.
bool is_counting(string_view digits) {
  if (digits.size() <= 2) return true;
  if (is_year(digits)) return true;
  bool up = true, same = true;
  for (size_t i = 1; i < digits.size(); ++i) {
    up = up && (digits[i] == digits[i - 1] + 1 || (digits[i - 1] == '9' && digits[i] == '0'));
    same = same && digits[i] == digits[i - 1];
  }
  return up || same;
}

// How a text is put together; `usual`: with nothing but words, joints and numbers that count.
struct Shape {
  size_t letters = 0, digits = 0, words = 0, numbers = 0, longest = 0;
  bool usual = true, joined = false, lower = false, upper = false;
};

Shape shape_of(string_view text) {
  constexpr string_view kJoints = "_-./: ";
  Shape shape;
  for (size_t i = 0, end; i < text.size() && shape.usual; i = end) {
    end = i + 1;
    if (is_digit(text[i])) {
      while (end < text.size() && is_digit(text[end])) ++end;
      shape.usual = is_counting(text.substr(i, end - i));
      shape.digits += end - i;
      ++shape.numbers;
    } else if (is_letter(text[i])) {
      while (end < text.size() && is_letter(text[end]) &&
             !(is_lower(text[end - 1]) && is_upper(text[end])))
        ++end;
      shape.longest = std::max(shape.longest, end - i);
      shape.letters += end - i;
      ++shape.words;
      shape.upper = shape.upper || is_upper(text[i]);
      shape.lower = shape.lower || is_lower(text[end - 1]);
    } else {
      shape.usual = kJoints.find(text[i]) != kJoints.npos;
      shape.joined = true;
    }
  }
  return shape;
}

// "orange" of "orange2024": a year says nothing of the word before it.
string_view without_year(string_view text) {
  constexpr size_t kYear = 4;
  if (text.size() < kYear || !is_year(text.substr(text.size() - kYear))) return text;
  const string_view words = text.substr(0, text.size() - kYear);
  return !words.empty() && is_letter(words.back()) ? words : text;
}

}  // namespace

bool reads_as_words(string_view text) {
  constexpr size_t kLettersOfWord = 3, kLettersOfDigit = 4, kLettersOfNumber = 8;
  constexpr size_t kFewestLetters = 5, kLongestWord = 4, kLong = 16;
  // Bits of randomness(). Letters of one case without a joint have no structure to speak for them.
  constexpr double kMost = 4, kMostUnjoined = 0;
  if (text.size() < kShortest || text.size() > kLongest) return false;
  const size_t size = text.size();
  text = without_year(text);
  const Shape shape = shape_of(text);
  if (!shape.usual || shape.letters < kFewestLetters || shape.longest < kLongestWord) return false;
  if (shape.words * kLettersOfWord > shape.letters) return false;
  if (shape.digits * kLettersOfDigit > shape.letters) return false;
  if (shape.numbers > 1 + shape.letters / kLettersOfNumber) return false;
  const bool structured = shape.joined || (shape.lower && shape.upper);
  return randomness(text) < (structured && size >= kLong ? kMost : kMostUnjoined);
}

bool is_path_of_names(string_view text) {
  const auto is_name_byte = [](char c) { return is_alnum(c) || c == '_' || c == '.'; };
  if (text.find('.') == text.npos || !std::ranges::all_of(text, is_name_byte)) return false;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('.', begin), text.size());
    if (begin == end || is_digit(text[begin])) return false;
    begin = end + 1;
  }
  return reads_as_words(text);
}

}  // namespace pushguard
