#include "detect/gram_rarity.h"

#include <cmath>

#include "detect/validators/letter_table.h"

namespace pushguard {
namespace {

constexpr size_t kDigit = 26, kOther = 27;  // symbols behind the letters
constexpr double kTenDigits = 10, kOtherCharacters = 8;  // about so many, equally frequent

size_t symbol(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<size_t>(c - 'a');
  return c >= '0' && c <= '9' ? kDigit : kOther;
}

// Of a character in mixed source code and prose, whatever stands before it.
double frequency(char c) {
  constexpr std::string_view kLetters = "etaoinsrldcupmfhgbyxvkwqjz";
  constexpr double kPerThousand[] = {86, 66, 55, 52, 52, 50, 50, 50, 32, 27, 27, 22, 20,
                                     18, 18, 17, 15, 12, 10, 8,  8,  7,  6,  3,  2,  2};
  if (const size_t at = kLetters.find(c); at != kLetters.npos) return kPerThousand[at] / 1000;
  return (c == ' ' ? 150.0 : c == '_' || c == '\n' || c == '-' || c == '.' ? 14.0 : 5.0) / 1000;
}

}  // namespace

double commonness(std::string_view gram) {
  double all = frequency(gram[0]);
  for (size_t i = 1; i < gram.size(); ++i) {
    const size_t now = symbol(gram[i]);
    all *= std::exp2(-kLetterCosts[symbol(gram[i - 1])][now] / 16.0);
    if (now == kDigit) all /= kTenDigits;
    if (now == kOther) all /= kOtherCharacters;
  }
  // Rulers and indentation: the model knows words only.
  const bool is_run = gram[0] == gram[1] && gram.find_first_not_of(gram[0]) == gram.npos;
  return is_run ? 1 : all;
}

}  // namespace pushguard
