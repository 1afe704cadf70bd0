// SPDX-License-Identifier: Apache-2.0
#include "decode/escapes.h"

#include <algorithm>
#include <cstdint>

#include "codec/byte_kinds.h"

namespace pushguard {
namespace {

constexpr Escape kNone{-1, 1};

int byte_of(uint32_t code) {
  return code < 0x80 ? static_cast<int>(code) : static_cast<uint8_t>(kForeign);
}

// The number that the first `size` bytes of `digits` write in base `base`.
Escape number(std::string_view digits, size_t size, uint32_t base) {
  if (size == 0 || digits.size() < size) return kNone;
  uint32_t code = 0;
  for (const char c : digits.substr(0, size)) {
    const int value = hex_value(static_cast<uint8_t>(c));
    if (value < 0 || static_cast<uint32_t>(value) >= base) return kNone;
    code = std::min<uint32_t>(code * base + static_cast<uint32_t>(value), 0xffffff);
  }
  return {static_cast<int>(code), size};
}

// Two hex digits as a byte, else -1.
int hex_byte(std::string_view digits) { return number(digits, 2, 16).value; }

// The escape whose `before` bytes stand before `size` hex digits of a character.
Escape character(std::string_view rest, size_t before, size_t size) {
  if (rest.size() < before + size) return kNone;
  const Escape read = number(rest.substr(before), size, 16);
  if (read.value < 0) return kNone;
  return {byte_of(static_cast<uint32_t>(read.value)), before + size};
}

// The same of digits that end with `end`.
Escape character_until(std::string_view rest, size_t before, char end, uint32_t base) {
  constexpr size_t kMostDigits = 10;
  const std::string_view digits = rest.substr(std::min(before, rest.size()), kMostDigits + 1);
  const size_t size = digits.find(end);
  if (size == digits.npos) return kNone;
  const Escape read = number(digits, size, base);
  if (read.value < 0) return kNone;
  return {byte_of(static_cast<uint32_t>(read.value)), before + size + 1};
}

// One to three digits, or four after "\0" as `echo` writes them: the most that are a character
// of text. A single digit is a reference in a regular expression as often.
Escape octal(std::string_view digits) {
  for (const size_t size : {size_t{3}, size_t{4}, size_t{2}}) {
    if (size == 4 && digits[0] != '0') continue;
    const Escape read = number(digits, size, 8);
    if (read.value >= 0 && is_printable(static_cast<uint8_t>(read.value)) && read.value < 0x80) {
      return {read.value, size + 1};
    }
  }
  return kNone;
}

}  // namespace

Escape percent_escape(std::string_view rest) {
  if (rest[0] != '%' || rest.size() < 3) return kNone;
  if (rest[1] == 'u') return character(rest, 2, 4);
  return {hex_byte(rest.substr(1)), 3};
}

Escape quoted_escape(std::string_view rest) {
  if (rest[0] != '=') return kNone;
  return {hex_byte(rest.substr(1)), 3};
}

Escape backslash_escape(std::string_view rest) {
  if (rest[0] != '\\' || rest.size() < 2) return kNone;
  switch (rest[1]) {
    case 'x':
      if (rest.substr(2).starts_with('{')) return character_until(rest, 3, '}', 16);
      return {hex_byte(rest.substr(2)), 4};
    case 'u':
      if (rest.substr(2).starts_with('{')) return character_until(rest, 3, '}', 16);
      return character(rest, 2, 4);
    case 'U': return character(rest, 2, 8);
    case '0':
    case '1': return octal(rest.substr(1));
    case '4':
    case '5':
    case '6':
    case '7': return number(rest.substr(1), 2, 8).value < 0 ? kNone : octal(rest.substr(1));
    case 'n': return {'\n', 2};
    case 'r': return {'\r', 2};
    case 't': return {'\t', 2};
    case '/':
    case '"':
    case '\'':
    case '\\': return {rest[1], 2};
    default: return kNone;
  }
}

Escape entity_escape(std::string_view rest) {
  if (!rest.starts_with("&#") || rest.size() < 4) return kNone;
  const bool is_hex = rest[2] == 'x' || rest[2] == 'X';
  return is_hex ? character_until(rest, 3, ';', 16) : character_until(rest, 2, ';', 10);
}

}  // namespace pushguard
