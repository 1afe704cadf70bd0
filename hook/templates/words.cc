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

// The end of the letters from `begin` that make one word of a name: "get", "User", "ID".
size_t word_end(string_view body, size_t begin) {
  size_t end = begin + 1;
  while (end < body.size() && is_letter(body[end]) &&
         !(is_lower(body[end - 1]) && is_upper(body[end])))
    ++end;
  return end;
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
      end = word_end(body, i);
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

bool is_leet_mark(char c) { return c == '@' || c == '$' || c == '!'; }

// With digits and signs read as letters; `one` is what "1" stands for. "" if others are left.
string unleeted(string_view piece, char one) {
  string out;
  for (const char c : piece) {
    constexpr string_view kFrom = "@034$5!7";
    constexpr string_view kTo = "aoeassit";
    const size_t at = kFrom.find(c);
    out += c == '1' ? one : at == string_view::npos ? to_lower(c) : kTo[at];
  }
  return std::ranges::all_of(out, is_lower) ? out : "";
}

bool is_leet_word(string_view piece, Words words) {
  return std::ranges::any_of(string_view("li"), [&](char one) {
    const string word = unleeted(piece, one);
    return word.size() >= 2 && is_words_joined(word, words);
  });
}

// "p@ssw0rd123!", "123s3cr3t", "H3r3": a word, with or without digits around it.
bool is_leet_piece(string_view piece, Words words) {
  if (is_leet_word(piece, words)) return true;
  while (!piece.empty() && (is_digit(piece.back()) || piece.back() == '!')) piece.remove_suffix(1);
  if (is_leet_word(piece, words)) return true;
  while (!piece.empty() && is_digit(piece.front())) piece.remove_prefix(1);
  return is_leet_word(piece, words);
}

// "Y0uR_P4ss_H3r3": every piece between joints is such a word.
bool is_leet(string_view body, Words words) {
  constexpr size_t kFewestLetters = 4;
  size_t letters = 0;
  for (size_t begin = 0, end; begin < body.size(); begin = end + 1) {
    end = begin;
    while (end < body.size() && (is_alnum(body[end]) || is_leet_mark(body[end]))) ++end;
    const string_view piece = body.substr(begin, end - begin);
    const bool is_joint = end == body.size() || string_view("_-. ").find(body[end]) != body.npos;
    if (!is_joint || !is_leet_piece(piece, words)) return false;
    letters += piece.size();
  }
  return letters >= kFewestLetters;
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

  return is_leet(body, words);
}

bool has_placeholder_word(string_view body, Words words) {
  constexpr size_t kShortest = 4, kShortestEnding = 6;
  for (size_t i = 0, end; i < body.size(); i = end) {
    end = is_letter(body[i]) ? word_end(body, i) : i + 1;
    const string piece = to_lower(body.substr(i, end - i));
    if (piece.size() >= kShortest && has(words, piece)) return true;
    for (size_t cut = 1; cut + kShortestEnding <= piece.size(); ++cut) {
      if (has(words, string_view(piece).substr(cut))) return true;
    }
  }
  return false;
}

}  // namespace pushguard
