// SPDX-License-Identifier: Apache-2.0
// Marvin32, the keyed checksum of Microsoft's identifiable secrets.
//
// The seeds are public constants: it proves that a value was made as a key of
// that kind, and hides nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pushguard {

uint64_t marvin64(uint64_t seed, std::string_view bytes);
// The two halves of marvin64, one XOR the other.
uint32_t marvin32(uint64_t seed, std::string_view bytes);
// The same as the four bytes that stand in a key, least significant first.
std::string marvin_bytes(uint64_t seed, std::string_view bytes);

// Eight ASCII letters as one number, the first letter most significant.
constexpr uint64_t marvin_seed(std::string_view letters) {
  uint64_t seed = 0;
  for (const char c : letters) seed = seed << 8 | static_cast<uint8_t>(c);
  return seed;
}

}  // namespace pushguard
