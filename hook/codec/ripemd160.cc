// SPDX-License-Identifier: Apache-2.0
#include "codec/ripemd160.h"

#include <array>
#include <bit>
#include <cstdint>

#include "codec/encodings.h"

namespace pushguard {
namespace {

using State = std::array<uint32_t, 5>;

// One of the two parallel lines: order of the words, rotations, constants.
struct Line {
  uint8_t word[80];
  uint8_t turn[80];
  uint32_t constant[5];
};

constexpr Line kLeft = {
    {0,  1, 2,  3, 4,  5,  6, 7,  8, 9,  10, 11, 12, 13, 14, 15, 7,  4,  13, 1,
     10, 6, 15, 3, 12, 0,  9, 5,  2, 14, 11, 8,  3,  10, 14, 4,  9,  15, 8,  1,
     2,  7, 0,  6, 13, 11, 5, 12, 1, 9,  11, 10, 0,  8,  12, 4,  13, 3,  7,  15,
     14, 5, 6,  2, 4,  0,  5, 9,  7, 12, 2,  10, 14, 1,  3,  8,  11, 6,  15, 13},
    {11, 14, 15, 12, 5, 8,  7,  9,  11, 13, 14, 15, 6,  7,  9,  8,  7,  6,  8,  13,
     11, 9,  7,  15, 7, 12, 15, 9,  11, 7,  13, 12, 11, 13, 6,  7,  14, 9,  13, 15,
     14, 8,  13, 6,  5, 12, 7,  5,  11, 12, 14, 15, 14, 15, 9,  8,  9,  14, 5,  6,
     8,  6,  5,  12, 9, 15, 5,  11, 6,  8,  13, 12, 5,  12, 13, 14, 11, 8,  5,  6},
    {0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e}};
constexpr Line kRight = {
    {5,  14, 7,  0,  9,  2,  11, 4,  13, 6, 15, 8, 1,  10, 3,  12, 6, 11, 3, 7,
     0,  13, 5,  10, 14, 15, 8,  12, 4,  9, 1,  2, 15, 5,  1,  3,  7, 14, 6, 9,
     11, 8,  12, 2,  10, 0,  4,  13, 8,  6, 4,  1, 3,  11, 15, 0,  5, 12, 2, 13,
     9,  7,  10, 14, 12, 15, 10, 4,  1,  5, 8,  7, 6,  2,  13, 14, 0, 3,  9, 11},
    {8,  9,  9,  11, 13, 15, 15, 5, 7,  7,  8,  11, 14, 14, 12, 6,  9,  13, 15, 7,
     12, 8,  9,  11, 7,  7,  12, 7, 6,  15, 13, 11, 9,  7,  15, 11, 8,  6,  6,  14,
     12, 13, 5,  14, 13, 13, 7,  5, 15, 5,  8,  11, 14, 14, 6,  14, 6,  9,  12, 9,
     12, 5,  15, 8,  8,  5,  12, 9, 12, 5,  14, 6,  8,  13, 6,  5,  15, 13, 11, 11},
    {0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0}};

uint32_t mixed(size_t round, uint32_t x, uint32_t y, uint32_t z) {
  switch (round) {
    case 0: return x ^ y ^ z;
    case 1: return (x & y) | (~x & z);
    case 2: return (x | ~y) ^ z;
    case 3: return (x & z) | (y & ~z);
    default: return x ^ (y | ~z);
  }
}

State run(const Line& line, bool is_left, State s, const std::array<uint32_t, 16>& words) {
  for (size_t i = 0; i < 80; ++i) {
    const size_t round = i / 16;
    const uint32_t mix = mixed(is_left ? round : 4 - round, s[1], s[2], s[3]);
    const uint32_t sum = s[0] + mix + words[line.word[i]] + line.constant[round];
    const uint32_t next = std::rotl(sum, line.turn[i]) + s[4];
    s = {s[4], next, s[1], std::rotl(s[2], 10), s[3]};
  }
  return s;
}

}  // namespace

std::string ripemd160(std::string_view message) {
  constexpr size_t kBlock = 64, kSizeAt = 56;
  std::string text(message);
  text += '\x80';
  while (text.size() % kBlock != kSizeAt) text += '\0';
  text += little_endian(uint64_t{message.size()} * 8, 8);

  State state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  for (size_t at = 0; at < text.size(); at += kBlock) {
    std::array<uint32_t, 16> words{};
    for (size_t i = 0; i < kBlock; ++i) {
      words[i / 4] |= uint32_t{static_cast<uint8_t>(text[at + i])} << 8 * (i % 4);
    }
    const State left = run(kLeft, true, state, words), right = run(kRight, false, state, words);
    State next;
    for (size_t i = 0; i < 5; ++i) {
      next[i] = state[(i + 1) % 5] + left[(i + 2) % 5] + right[(i + 3) % 5];
    }
    state = next;
  }
  std::string digest;
  for (const uint32_t word : state) digest += little_endian(word, 4);
  return digest;
}

}  // namespace pushguard
