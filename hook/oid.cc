#include "oid.h"

#include <algorithm>

namespace pushguard {
namespace {

// What a hex digit stands for, -1 for any other byte.
constexpr auto kDigitValues = [] {
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (int8_t i = 0; i < 10; ++i) values[static_cast<size_t>('0' + i)] = i;
  for (int8_t i = 10; i < 16; ++i) {
    values[static_cast<size_t>('a' + i - 10)] = values[static_cast<size_t>('A' + i - 10)] = i;
  }
  return values;
}();

int digit(char c) { return kDigitValues[static_cast<uint8_t>(c)]; }

}  // namespace

std::optional<Oid> Oid::from_hex(std::string_view hex) {
  if (hex.size() != 40 && hex.size() != 64) return std::nullopt;
  Oid oid;
  oid.size = static_cast<uint8_t>(hex.size() / 2);
  int wrong = 0;  // less than 0 once one digit was
  for (size_t i = 0; i < oid.size; ++i) {
    const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
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
