// SPDX-License-Identifier: Apache-2.0
// The values of hex digits, in either letter case.
#pragma once

#include <array>
#include <cstdint>

namespace pushguard {

inline constexpr std::array<int8_t, 256> kHexValues = [] {
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (int8_t i = 0; i < 10; ++i) values[static_cast<size_t>('0' + i)] = i;
  for (int8_t i = 10; i < 16; ++i) {
    values[static_cast<size_t>('a' + i - 10)] = values[static_cast<size_t>('A' + i - 10)] = i;
  }
  return values;
}();

// -1 for a byte that is no digit.
constexpr int hex_value(uint8_t c) { return kHexValues[c]; }

}  // namespace pushguard
