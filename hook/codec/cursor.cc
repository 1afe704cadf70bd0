// SPDX-License-Identifier: Apache-2.0
#include "codec/cursor.h"

namespace pushguard {

std::optional<std::string_view> Cursor::take(uint64_t count) {
  if (count > rest_.size()) return std::nullopt;
  const std::string_view part = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return part;
}

bool Cursor::skip(std::string_view expected) {
  if (!rest_.starts_with(expected)) return false;
  rest_.remove_prefix(expected.size());
  return true;
}

std::optional<uint8_t> Cursor::u8() {
  const auto byte = take(1);
  if (!byte) return std::nullopt;
  return static_cast<uint8_t>(byte->front());
}

std::optional<uint32_t> Cursor::be32() {
  const auto bytes = take(4);
  if (!bytes) return std::nullopt;
  uint32_t value = 0;
  for (const char c : *bytes) value = value << 8 | static_cast<uint8_t>(c);
  return value;
}

std::optional<uint64_t> Cursor::varint() {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 63; shift += 7) {
    const auto byte = u8();
    if (!byte) return std::nullopt;
    value |= uint64_t{*byte & 0x7fu} << shift;
    if (!(*byte & 0x80)) return value;
  }
  return std::nullopt;
}

}  // namespace pushguard
