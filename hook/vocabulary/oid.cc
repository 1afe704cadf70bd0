// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/oid.h"

#include <algorithm>

#include "vocabulary/ascii.h"
#include "vocabulary/keyed_hash.h"

namespace pushguard {

size_t OidHash::operator()(const Oid& oid) const {
  static const KeyedHash hash;
  return hash({reinterpret_cast<const char*>(oid.bytes.data()), oid.size});
}

std::optional<Oid> Oid::from_hex(std::string_view hex) {
  if (hex.size() != 40 && hex.size() != 64) return std::nullopt;
  Oid oid;
  oid.size = static_cast<uint8_t>(hex.size() / 2);
  int wrong = 0;  // less than 0 once one digit was
  for (size_t i = 0; i < oid.size; ++i) {
    const int high = hex_value(static_cast<uint8_t>(hex[2 * i]));
    const int low = hex_value(static_cast<uint8_t>(hex[2 * i + 1]));
    wrong |= high | low;
    oid.bytes[i] = static_cast<uint8_t>(high << 4 | low);
  }
  if (wrong < 0) return std::nullopt;
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
