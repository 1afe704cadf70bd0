#include "oid.h"

#include <algorithm>

namespace pushguard {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<Oid> Oid::from_hex(std::string_view hex) {
  if (hex.size() != 40 && hex.size() != 64) return std::nullopt;
  Oid oid;
  oid.size = static_cast<uint8_t>(hex.size() / 2);
  for (size_t i = 0; i < oid.size; ++i) {
    const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    oid.bytes[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return oid;
}

Oid Oid::from_raw(std::span<const uint8_t> raw) {
  Oid oid;
  oid.size = static_cast<uint8_t>(raw.size());
  std::copy(raw.begin(), raw.end(), oid.bytes.begin());
  return oid;
}

std::string Oid::hex() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * size);
  for (const uint8_t byte : raw()) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

bool Oid::is_null() const {
  return std::ranges::all_of(raw(), [](uint8_t byte) { return byte == 0; });
}

}  // namespace pushguard
