// SPDX-License-Identifier: Apache-2.0
// Marvin32, the keyed checksum in Microsoft's identifiable secrets.
//
// The seeds are public constants: the checksum proves that a value was generated as a key of
// that kind, and hides nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pushguard {

uint64_t marvin64(uint64_t seed, std::string_view bytes);
// The XOR of the two halves of marvin64().
uint32_t marvin32(uint64_t seed, std::string_view bytes);
// marvin32() as the four bytes in a key, least significant first.
std::string marvin_bytes(uint64_t seed, std::string_view bytes);

// Eight ASCII letters as one big-endian number.
constexpr uint64_t marvin_seed(std::string_view letters) {
  uint64_t seed = 0;
  for (const char c : letters) seed = seed << 8 | static_cast<uint8_t>(c);
  return seed;
}

}  // namespace pushguard
