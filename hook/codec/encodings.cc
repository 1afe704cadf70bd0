// SPDX-License-Identifier: Apache-2.0
#include "codec/encodings.h"

#include <algorithm>

#include "codec/byte_kinds.h"

namespace pushguard {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

// The value of a digit, or -1.
int base32_value(uint8_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a';
  return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

std::optional<std::string> pack_digits(std::string_view text, unsigned bits,
                                       int (*value_of)(uint8_t)) {
  std::string bytes;
  bytes.reserve(text.size() * bits / 8);
  uint32_t pending = 0;
  unsigned held = 0;
  for (const char c : text) {
    const int value = value_of(static_cast<uint8_t>(c));
    if (value < 0) return std::nullopt;
    pending = (pending << bits | static_cast<uint32_t>(value)) & 0xffff;
    held += bits;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(pending >> held & 0xff);
    }
  }
  if (held >= bits) return std::nullopt;  // a superfluous character, which no encoder writes
  return bytes;
}

std::string spread_digits(std::string_view bytes, unsigned bits, std::string_view alphabet) {
  std::string text;
  uint32_t pending = 0;
  unsigned held = 0;
  const uint32_t mask = (1u << bits) - 1;
  for (const char c : bytes) {
    pending = (pending << 8 | static_cast<uint8_t>(c)) & 0xffff;
    for (held += 8; held >= bits;) {
      held -= bits;
      text += alphabet[pending >> held & mask];
    }
  }
  if (held > 0) text += alphabet[pending << (bits - held) & mask];
  return text;
}

}  // namespace

bool consists_of(std::string_view text, std::string_view alphabet) {
  return text.find_first_not_of(alphabet) == text.npos;
}

std::optional<std::string> base64_decode(std::string_view text) {
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return pack_digits(text, 6, base64_value);
}

std::string base64_encode(std::string_view bytes) {
  std::string text = spread_digits(bytes, 6, kBase64);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::string base64url_encode(std::string_view bytes) { return spread_digits(bytes, 6, kBase64Url); }

void base64_overwrite(std::string& text, size_t start, std::string_view bytes) {
  const std::string_view rest = std::string_view(text).substr(start);
  const size_t size = rest.find_last_not_of('=') + 1;
  const bool is_for_urls = rest.find_first_of("-_") != rest.npos;
  text.replace(start, size, is_for_urls ? base64url_encode(bytes) : base64_encode(bytes), 0, size);
}

std::optional<std::string> base32_decode(std::string_view text) {
  return pack_digits(text, 5, base32_value);
}

std::string base32_encode(std::string_view bytes) { return spread_digits(bytes, 5, kBase32); }

std::optional<std::string> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  return pack_digits(text, 4, hex_value);
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && text.size() - i > 2) {
      const int high = hex_value(static_cast<uint8_t>(text[i + 1]));
      const int low = hex_value(static_cast<uint8_t>(text[i + 2]));
      if (high >= 0 && low >= 0) {
        decoded += static_cast<char>(high << 4 | low);
        i += 2;
        continue;
      }
    }
    decoded += text[i];
  }
  return decoded;
}

std::string to_base(uint64_t value, std::string_view alphabet, size_t width) {
  std::string text;
  for (; value > 0; value /= alphabet.size()) text += alphabet[value % alphabet.size()];
  if (text.size() < width) text.append(width - text.size(), alphabet[0]);
  std::reverse(text.begin(), text.end());
  return text;
}

std::string little_endian(uint64_t value, size_t count) {
  std::string bytes;
  for (size_t i = 0; i < count; ++i, value >>= 8) bytes += static_cast<char>(value & 0xff);
  return bytes;
}

}  // namespace pushguard
