// SPDX-License-Identifier: Apache-2.0
#include "validators/letter_pair_model.h"

#include <algorithm>
#include <cmath>

#include "validators/letter_pair_table.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr size_t kDigit = 26, kOther = 27, kStart = 28;  // symbols after the letters
constexpr double kDigitBits = 3.32;                      // log2(10): which digit
constexpr double kOtherBits = 3;                         // which other character: about one of 8

// The bits for each character of a random text over the alphabet of `text`.
double alphabet_bits(std::string_view text) {
  const bool lower = std::ranges::any_of(text, is_lower);
  const bool upper = std::ranges::any_of(text, is_upper);
  const bool digit = std::ranges::any_of(text, is_digit);
  const bool other = std::ranges::any_of(
      text, [](char c) { return !is_lower(c) && !is_upper(c) && !is_digit(c); });
  const bool hex = !other && text.find_first_of("ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ") ==
                                 std::string_view::npos;
  if (hex) return 4;
  return std::log2(std::max(2, 26 * lower + 26 * upper + 10 * digit + 2 * other));
}

}  // namespace

double randomness(std::string_view text) {
  double sixteenths = 0, bits = 0;
  size_t previous = kStart, older = 0, newer = 0;
  for (const char c : text) {
    size_t symbol = kOther, kind = 0;
    if (is_lower(c)) {
      symbol = static_cast<size_t>(c - 'a');
      kind = 1;
    } else if (is_upper(c)) {
      symbol = static_cast<size_t>(c - 'A');
      kind = 2;
    } else if (is_digit(c)) {
      symbol = kDigit;
      bits += kDigitBits;
    } else {
      bits += kOtherBits;
    }
    sixteenths += kLetterCosts[previous][symbol];
    if (kind != 0) sixteenths += kCaseCosts[3 * older + newer][kind - 1];
    previous = symbol;
    older = newer;
    newer = kind;
  }
  return sixteenths / 16 + bits - static_cast<double>(text.size()) * alphabet_bits(text);
}

}  // namespace pushguard
