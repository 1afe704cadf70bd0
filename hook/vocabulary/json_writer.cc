// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "vocabulary/characters.h"

namespace pushguard {
namespace {

void append_unit(std::string& text, uint32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  text += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) text += kDigits[unit >> shift & 15];
}

// The letter of an escape of two bytes; 0 where there is none.
char short_escape(char c) {
  switch (c) {
    case '"':
    case '\\': return c;
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
  }
}

constexpr auto kIsPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t byte = ' '; byte < 0x7f; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}();

}  // namespace

void JsonWriter::comma() {
  if (text_.empty()) return;
  const char last = text_.back();
  if (last != '{' && last != '[' && last != ':') text_ += ',';
}

JsonWriter& JsonWriter::begin(char open, char close) {
  comma();
  text_ += open;
  ends_ += close;
  return *this;
}

JsonWriter& JsonWriter::end() {
  text_ += ends_.back();
  ends_.pop_back();
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  comma();
  text_ += '"';
  text_ += name;
  text_ += "\":";
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  comma();
  text_ += '"';
  escape(text);
  text_ += '"';
  return *this;
}

JsonWriter& JsonWriter::value(bool yes) {
  comma();
  text_ += yes ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  comma();
  text_ += "null";
  return *this;
}

JsonWriter& JsonWriter::write(bool negative, uint64_t number) {
  comma();
  if (negative) text_ += '-';
  char digits[20];
  text_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
  return *this;
}

void JsonWriter::escape(std::string_view text) {
  for (;;) {
    const auto strange =
        std::ranges::find_if_not(text, [](char c) { return kIsPlain[static_cast<uint8_t>(c)]; });
    text_.append(text.begin(), strange);
    text.remove_prefix(static_cast<size_t>(strange - text.begin()));
    if (text.empty()) return;
    const char c = text[0];
    const Character character = first_character(text);
    text.remove_prefix(character.size);
    if (const char letter = short_escape(c)) {
      text_ += '\\';
      text_ += letter;
    } else if (character.code < 0x10000) {
      append_unit(text_, character.code);
    } else {
      append_unit(text_, 0xd800 + ((character.code - 0x10000) >> 10));
      append_unit(text_, 0xdc00 + (character.code & 0x3ff));
    }
  }
}

}  // namespace pushguard
