// SPDX-License-Identifier: Apache-2.0
// Which bytes are digits of which encoding, as tables made at compile time.
#pragma once

#include <array>
#include <cstdint>

#include "vocabulary/ascii.h"

namespace pushguard {

// The value of a base64 digit (RFC 4648, both alphabets), or -1.
constexpr int base64_value(uint8_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

constexpr bool is_printable(uint8_t c) { return c >= 0x20 && c < 0x7f; }

// Bits of kEncodingBytes. kWordByte: printable ASCII except the space, quotes, '`', '<' and '>'.
inline constexpr uint8_t kBase64Byte = 1, kHexByte = 2, kWordByte = 4;

constexpr std::array<uint8_t, 256> byte_kinds_of_encodings() {
  std::array<uint8_t, 256> kinds{};
  for (unsigned c = 0; c < 256; ++c) {
    const auto byte = static_cast<uint8_t>(c);
    const bool quotes = c == '"' || c == '\'' || c == '<' || c == '>' || c == '`';
    const bool word = c > 0x20 && c < 0x7f && !quotes;
    kinds[c] = static_cast<uint8_t>((base64_value(byte) >= 0 ? kBase64Byte : 0) |
                                    (hex_value(byte) >= 0 ? kHexByte : 0) | (word ? kWordByte : 0));
  }
  return kinds;
}
inline constexpr std::array<uint8_t, 256> kEncodingBytes = byte_kinds_of_encodings();

// Whether `c` is of one of the kinds whose bits `kind` has.
constexpr bool is_of(char c, uint8_t kind) {
  return (kEncodingBytes[static_cast<uint8_t>(c)] & kind) != 0;
}

// roles[i][c]: what byte c can be at a position p with p % 4 == i. Bit q (0 to 3) is set when c
// can be a digit in base64 of printable ASCII whose groups of four digits start at positions
// with p % 4 == q. Bit 4 + q (q is 0 or 1) says the same for hex, whose pairs start at p % 2
// == q. Necessary, not sufficient: only the digit's own bits are tested, not its neighbours.
constexpr std::array<std::array<uint8_t, 256>, 4> roles_of_bytes() {
  std::array<std::array<uint8_t, 256>, 4> roles{};
  for (unsigned c = 0; c < 256; ++c) {
    const int v = base64_value(static_cast<uint8_t>(c)), h = hex_value(static_cast<uint8_t>(c));
    const bool in_group[] = {v >= 8 && v < 32, v >= 0 && v % 16 >= 2 && v % 16 < 8,
                             v >= 0 && v % 4 < 2, v >= 0};
    const bool in_pair[] = {h >= 2 && h < 8, h >= 0};
    for (unsigned i = 0; i < 4; ++i) {
      unsigned bits = 0;
      for (unsigned q = 0; q < 4; ++q) bits |= in_group[(i - q) & 3] ? 1u << q : 0u;
      for (unsigned q = 0; q < 2; ++q) bits |= in_pair[(i - q) & 1] ? 16u << q : 0u;
      roles[i][c] = static_cast<uint8_t>(bits);
    }
  }
  return roles;
}
inline constexpr std::array<std::array<uint8_t, 256>, 4> kRoles = roles_of_bytes();
// The bits for base64 and for hex in an entry of kRoles.
inline constexpr uint8_t kBase64Phases = 0x0f, kHexPhases = 0x30;

}  // namespace pushguard
