// SPDX-License-Identifier: Apache-2.0
#include "codec/marvin32.h"

#include <bit>

#include "codec/encodings.h"

namespace pushguard {
namespace {

struct State {
  uint32_t a, b;

  void mix() {
    b ^= a;
    a = std::rotl(a, 20) + b;
    b = std::rotl(b, 9) ^ a;
    a = std::rotl(a, 27) + b;
    b = std::rotl(b, 19);
  }
};

}  // namespace

uint64_t marvin64(uint64_t seed, std::string_view bytes) {
  State state{static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)};
  uint32_t word = 0;
  unsigned held = 0;
  for (const char c : bytes) {
    word |= uint32_t{static_cast<uint8_t>(c)} << 8 * held;
    if (++held == 4) {
      state.a += word;
      state.mix();
      word = held = 0;
    }
  }
  state.a += word | 0x80u << 8 * held;
  state.mix();
  state.mix();
  return uint64_t{state.b} << 32 | state.a;
}

uint32_t marvin32(uint64_t seed, std::string_view bytes) {
  const uint64_t wide = marvin64(seed, bytes);
  return static_cast<uint32_t>(wide) ^ static_cast<uint32_t>(wide >> 32);
}

std::string marvin_bytes(uint64_t seed, std::string_view bytes) {
  return little_endian(marvin32(seed, bytes), 4);
}

}  // namespace pushguard
