// SPDX-License-Identifier: Apache-2.0
#include "regex/go_regex.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "regex/syntax.h"

namespace pushguard {
namespace {

// The character that "\x..." names; nothing for other escapes.
std::optional<uint32_t> hex_value(std::string_view escape) {
  if (escape.size() < 3 || escape[1] != 'x') return std::nullopt;
  const std::string_view digits = escape[2] == '{' ? escape.substr(3) : escape.substr(2, 2);
  uint32_t value = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return end.ec == std::errc() ? std::optional(value) : std::nullopt;
}

std::string utf8(uint32_t character) {
  std::string bytes;
  const auto tail = [&](int shift) {
    bytes += static_cast<char>(0x80 | (character >> shift & 0x3f));
  };
  if (character < 0x800) {
    bytes += static_cast<char>(0xc0 | character >> 6);
  } else if (character < 0x10000) {
    bytes += static_cast<char>(0xe0 | character >> 12);
    tail(6);
  } else {
    bytes += static_cast<char>(0xf0 | (character >> 18 & 7));
    tail(12);
    tail(6);
  }
  tail(0);
  return bytes;
}

bool is_wide(char c) { return static_cast<unsigned char>(c) > 0x7f; }

// As many bytes as a character of UTF-8 has.
size_t character_size(std::string_view text) {
  size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) ++size;
  return size;
}

// "\pL", "\P{Greek}".
bool is_letter_class(std::string_view escape) {
  return escape.size() > 1 && (escape[1] == 'p' || escape[1] == 'P');
}

// Whether a class, brackets included, names characters beyond ASCII.
bool is_wide_class(std::string_view rest) {
  for (size_t size; !rest.empty(); rest.remove_prefix(size)) {
    size = rest[0] == '\\' ? escape_size(rest) : 1;
    const std::string_view one = rest.substr(0, size);
    if (is_wide(one[0]) || is_letter_class(one) || hex_value(one).value_or(0) > 0x7f) return true;
  }
  return false;
}

}  // namespace

GoRegex from_go(std::string_view regex) {
  GoRegex result;
  for (size_t size; !regex.empty(); regex.remove_prefix(size)) {
    size = 1;
    std::string replaced;
    if (regex.starts_with("\\Q")) {  // literal text up to \E
      size = std::min(regex.find("\\E"), regex.size());
    } else if (regex[0] == '\\') {
      size = escape_size(regex);
      const std::string_view escape = regex.substr(0, size);
      result.has_wide_class = result.has_wide_class || is_letter_class(escape);
      const uint32_t value = hex_value(escape).value_or(0);
      if (value > 0x7f) replaced = "(?:" + utf8(value) + ")";
    } else if (regex[0] == '[') {
      size = class_size(regex);
      result.has_wide_class = result.has_wide_class || is_wide_class(regex.substr(0, size));
    } else if (is_wide(regex[0])) {
      size = character_size(regex);
      replaced = "(?:" + std::string(regex.substr(0, size)) + ")";
    } else if (regex.starts_with("(?<") && regex.size() > 3 && regex[3] != '=' && regex[3] != '!') {
      size = 3;
      replaced = "(?P<";
    }
    result.regex += replaced.empty() ? regex.substr(0, size) : std::string_view(replaced);
  }
  return result;
}

}  // namespace pushguard
