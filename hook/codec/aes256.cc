// SPDX-License-Identifier: Apache-2.0
#include "codec/aes256.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace pushguard {
namespace {

struct Boxes {
  std::array<uint8_t, 256> forward{}, inverse{};
};

constexpr uint8_t doubled(uint8_t x) {
  return static_cast<uint8_t>(x << 1 ^ (x & 0x80 ? 0x1b : 0));
}

// Walks GF(2^8) by its generator 3, and the inverses by the inverse of 3.
constexpr Boxes make_boxes() {
  Boxes boxes;
  uint8_t x = 1, inverse = 1;
  do {
    x = static_cast<uint8_t>(x ^ doubled(x));
    inverse = static_cast<uint8_t>(inverse ^ inverse << 1);
    inverse = static_cast<uint8_t>(inverse ^ inverse << 2);
    inverse = static_cast<uint8_t>(inverse ^ inverse << 4);
    if (inverse & 0x80) inverse ^= 0x09;
    boxes.forward[x] =
        static_cast<uint8_t>(inverse ^ std::rotl(inverse, 1) ^ std::rotl(inverse, 2) ^
                             std::rotl(inverse, 3) ^ std::rotl(inverse, 4) ^ 0x63);
  } while (x != 1);
  boxes.forward[0] = 0x63;
  for (size_t i = 0; i < 256; ++i) boxes.inverse[boxes.forward[i]] = static_cast<uint8_t>(i);
  return boxes;
}

constexpr Boxes kBoxes = make_boxes();

using Block = std::array<uint8_t, Aes256::kBlockSize>;

void substitute(Block& block, const std::array<uint8_t, 256>& box) {
  for (uint8_t& byte : block) byte = box[byte];
}

// ShiftRows: row r rotates by r positions. The block is stored by columns. `step` is 1 for
// encryption and 3 for the inverse.
void shift_rows(Block& block, size_t step) {
  const Block old = block;
  for (size_t column = 0; column < 4; ++column) {
    for (size_t row = 0; row < 4; ++row) {
      block[4 * column + row] = old[4 * ((column + row * step) % 4) + row];
    }
  }
}

void mix_columns(Block& block) {
  for (size_t at = 0; at < block.size(); at += 4) {
    uint8_t* c = &block[at];
    const uint8_t first = c[0], all = static_cast<uint8_t>(c[0] ^ c[1] ^ c[2] ^ c[3]);
    for (size_t i = 0; i < 4; ++i) {
      const uint8_t next = i < 3 ? c[i + 1] : first;
      c[i] ^= static_cast<uint8_t>(all ^ doubled(static_cast<uint8_t>(c[i] ^ next)));
    }
  }
}

// The matrix has order four, so its third power is its inverse.
void unmix_columns(Block& block) {
  for (int i = 0; i < 3; ++i) mix_columns(block);
}

Block block_of(std::string_view bytes) {
  Block block{};
  std::ranges::copy(bytes.substr(0, block.size()), block.begin());
  return block;
}

std::string text_of(const Block& block) { return {block.begin(), block.end()}; }

}  // namespace

Aes256::Aes256(const std::array<uint8_t, kKeySize>& key) {
  std::ranges::copy(key, schedule_.begin());
  uint8_t constant = 1;
  for (size_t at = kKeySize; at < schedule_.size(); at += 4) {
    std::array<uint8_t, 4> word;
    std::copy_n(schedule_.begin() + static_cast<std::ptrdiff_t>(at - 4), 4, word.begin());
    if (at % kKeySize == 0) std::ranges::rotate(word, word.begin() + 1);
    if (at % kBlockSize == 0) {
      for (uint8_t& byte : word) byte = kBoxes.forward[byte];
    }
    if (at % kKeySize == 0) {
      word[0] ^= constant;
      constant = doubled(constant);
    }
    for (size_t i = 0; i < 4; ++i) schedule_[at + i] = schedule_[at + i - kKeySize] ^ word[i];
  }
}

void Aes256::add_round_key(Block& block, size_t round) const {
  for (size_t i = 0; i < block.size(); ++i) block[i] ^= schedule_[kBlockSize * round + i];
}

std::string Aes256::encrypt(std::string_view bytes) const {
  Block block = block_of(bytes);
  add_round_key(block, 0);
  for (size_t round = 1; round <= kRounds; ++round) {
    substitute(block, kBoxes.forward);
    shift_rows(block, 1);
    if (round < kRounds) mix_columns(block);
    add_round_key(block, round);
  }
  return text_of(block);
}

std::string Aes256::decrypt(std::string_view bytes) const {
  Block block = block_of(bytes);
  for (size_t round = kRounds; round >= 1; --round) {
    add_round_key(block, round);
    if (round < kRounds) unmix_columns(block);
    shift_rows(block, 3);
    substitute(block, kBoxes.inverse);
  }
  add_round_key(block, 0);
  return text_of(block);
}

}  // namespace pushguard
