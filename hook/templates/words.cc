// SPDX-License-Identifier: Apache-2.0
#include "templates/words.h"

#include <algorithm>
#include <string>
#include <vector>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

using std::string;
using std::string_view;
using Words = std::span<const string_view>;

constexpr double kMost = 0.6;         // the share of letters and digits that must be in words
constexpr double kInPlainText = 0.4;  // the same share in a text that looks like words
constexpr size_t kLongest = 400;      // nobody writes a placeholder of that size

bool has(Words words, string_view w) { return std::binary_search(words.begin(), words.end(), w); }

// Whether `piece` is a sequence of words without separators, each of two letters or more.
bool is_words_joined(string_view piece, Words words) {
  std::vector<bool> reachable(piece.size() + 1, false);
  reachable[0] = true;
  for (size_t end = 2; end <= piece.size(); ++end)
    for (size_t begin = end >= 16 ? end - 16 : 0; begin + 2 <= end && !reachable[end]; ++begin)
      if (reachable[begin] && has(words, piece.substr(begin, end - begin))) reachable[end] = true;
  return reachable[piece.size()];
}

// "123", "1234", "000": a person counted or repeated. False for a single digit.
bool is_counting(string_view digits) {
  bool up = true, same = true;
  for (size_t i = 1; i < digits.size(); ++i) {
    up = up && (digits[i] == digits[i - 1] + 1 || (digits[i - 1] == '9' && digits[i] == '0'));
    same = same && digits[i] == digits[i - 1];
  }
  return digits.size() >= 2 && (up || same);
}

struct Count {
  size_t all = 0;       // letters and digits, except digits for which is_counting() is true
  size_t in_words = 0;  // letters in pieces that are words
  size_t pieces = 0;    // runs of letters
  bool plain = true;    // each piece is in one case, or capitalised; no digits were counted
};

Count count(string_view body, Words words) {
  Count c;
  for (size_t i = 0; i < body.size();) {
    size_t end = i + 1;
    if (is_digit(body[i])) {
      while (end < body.size() && is_digit(body[end])) ++end;
      if (!is_counting(body.substr(i, end - i))) {
        c.all += end - i;
        c.plain = false;
      }
    } else if (is_letter(body[i])) {
      while (end < body.size() && is_letter(body[end]) &&
             !(is_lower(body[end - 1]) && is_upper(body[end])))
        ++end;
      string piece(body.substr(i, end - i));
      // "APIKey" is one piece here, and not plain. Random text has many such, a placeholder few.
      const bool one_case = std::all_of(piece.begin() + 1, piece.end(), is_lower) ||
                            std::all_of(piece.begin(), piece.end(), is_upper);
      c.plain = c.plain && one_case && piece.size() <= 14;
      piece = to_lower(piece);
      c.all += piece.size();
      c.pieces += 1;
      if (is_words_joined(piece, words)) c.in_words += piece.size();
    }
    i = end;
  }
  return c;
}

// "password" for "p@ssw0rd123!": digits at the end are removed, others become letters.
string unleeted(string_view body) {
  while (!body.empty() && (is_digit(body.back()) || body.back() == '!')) body.remove_suffix(1);
  string out;
  for (char c : body) {
    constexpr string_view kFrom = "@0134$5!7";
    constexpr string_view kTo = "aoleassit";
    const size_t at = kFrom.find(c);
    out += at == string_view::npos ? to_lower(c) : kTo[at];
  }
  return out;
}

}  // namespace

bool is_made_of_words(string_view body, Words words) {
  if (body.size() < 3 || body.size() > kLongest) return false;
  const string lower = to_lower(body);
  if (has(words, lower)) return true;

  const Count c = count(body, words);
  const auto in_words = static_cast<double>(c.in_words);
  if (c.in_words >= 3 && in_words >= kMost * static_cast<double>(c.all)) return true;
  if (c.plain && c.pieces >= 3 && in_words >= kInPlainText * static_cast<double>(c.all))
    return true;

  const string letters = unleeted(body);
  return letters.size() >= 4 && std::all_of(letters.begin(), letters.end(), is_lower) &&
         is_words_joined(letters, words);
}

}  // namespace pushguard
