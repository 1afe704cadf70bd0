// SPDX-License-Identifier: Apache-2.0
#include "templates/own_name.h"

#include <string>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr size_t kLongestKey = 96;
constexpr size_t kMostBetween = 12;

bool is_key_byte(char c) { return is_alnum(c) || c == '_' || c == '-' || c == '.'; }

std::string bare(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (is_alnum(c)) letters += to_lower(c);
  }
  return letters;
}

}  // namespace

bool is_own_name(std::string_view before, std::string_view value) {
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
  return !name.empty() && bare(before.substr(begin, end + 1 - begin)) == name;
}

}  // namespace pushguard
