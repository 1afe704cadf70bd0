// SPDX-License-Identifier: Apache-2.0
// Letters and digits of ASCII, whatever the locale. Bytes above 0x7f are none.
// Rejected: <cctype> (it asks the locale, and must not be given a negative char).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pushguard {

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_alnum(char c) { return is_letter(c) || is_digit(c); }

constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c | 0x20) : c; }

inline std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

inline constexpr std::array<int8_t, 256> kHexValues = [] {
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (int8_t i = 0; i < 10; ++i) values[static_cast<size_t>('0' + i)] = i;
  for (int8_t i = 10; i < 16; ++i) {
    values[static_cast<size_t>('a' + i - 10)] = values[static_cast<size_t>('A' + i - 10)] = i;
  }
  return values;
}();

// The value of a hex digit of either case; -1 for any other byte.
constexpr int hex_value(uint8_t c) { return kHexValues[c]; }
constexpr bool is_hex_digit(char c) { return hex_value(static_cast<uint8_t>(c)) >= 0; }

}  // namespace pushguard
