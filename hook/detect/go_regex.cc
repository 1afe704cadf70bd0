#include "detect/go_regex.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace pushguard {
namespace {

// The bytes of an escape from its backslash on: "\pL", "\x{2028}", "\xE9".
size_t escape_size(std::string_view escape) {
  if (escape.size() < 3) return escape.size();
  const bool is_class = escape[1] == 'p' || escape[1] == 'P';
  if (!is_class && escape[1] != 'x') return 2;
  if (escape[2] == '{') return std::min(escape.find('}'), escape.size() - 1) + 1;
  return std::min<size_t>(is_class ? 3 : 4, escape.size());
}

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

}  // namespace

GoRegex from_go(std::string_view regex) {
  GoRegex result;
  bool in_class = false;
  for (size_t i = 0; i < regex.size(); ++i) {
    const std::string_view rest = regex.substr(i);
    if (rest.starts_with("\\Q") && !in_class) {  // literal text up to \E
      const std::string_view quoted = rest.substr(0, rest.find("\\E"));
      result.regex += quoted;
      i += quoted.size() - 1;
    } else if (rest[0] == '\\' && rest.size() > 1) {
      const std::string_view escape = rest.substr(0, escape_size(rest));
      const uint32_t value = hex_value(escape).value_or(0);
      const bool is_class = escape[1] == 'p' || escape[1] == 'P';
      result.has_wide_class = result.has_wide_class || is_class || (in_class && value > 0x7f);
      if (value > 0x7f && !in_class) {
        result.regex += "(?:" + utf8(value) + ")";
      } else {
        result.regex += escape;
      }
      i += escape.size() - 1;
    } else if (is_wide(rest[0]) && !in_class) {
      const std::string_view character = rest.substr(0, character_size(rest));
      result.regex += "(?:" + std::string(character) + ")";
      i += character.size() - 1;
    } else if (in_class) {
      // "[[:alpha:]]" has a ']' of its own.
      result.has_wide_class = result.has_wide_class || is_wide(rest[0]);
      const size_t named = rest.starts_with("[:") ? rest.find(":]") : rest.npos;
      const size_t taken = named == rest.npos ? 1 : named + 2;
      result.regex += rest.substr(0, taken);
      i += taken - 1;
      if (rest[0] == ']') in_class = false;
    } else if (rest[0] == '[') {
      in_class = true;
      // A ']' that comes first is one of the class.
      size_t taken = rest.starts_with("[^") ? 2 : 1;
      if (rest.substr(taken).starts_with(']')) ++taken;
      result.regex += rest.substr(0, taken);
      i += taken - 1;
    } else if (rest.starts_with("(?<") && rest.size() > 3 && rest[3] != '=' && rest[3] != '!') {
      result.regex += "(?P<";
      i += 2;
    } else {
      result.regex += rest[0];
    }
  }
  return result;
}

}  // namespace pushguard
