// SPDX-License-Identifier: Apache-2.0
#include "keywords/pair_frequency.h"

#include <cmath>
#include <cstdint>

#include "keywords/pair_table.h"

namespace pushguard {
namespace {

constexpr size_t kAfterAny = 64;  // the row for a symbol after any other

// The symbol of a character: letter case is ignored, all control characters are one symbol,
// and all non-ASCII bytes are another.
size_t symbol(char c) {
  const auto byte = static_cast<uint8_t>(c);
  if (byte < 0x20) return 32;
  if (byte > 0x7e) return 63;
  return (byte | 0x20) < 0x40 ? (byte | 0x20) - 0x20u : (byte | 0x20) - 0x40u;
}

}  // namespace

double frequency_of(std::string_view characters) {
  unsigned cost = 0;
  size_t before = kAfterAny;
  for (const char c : characters) {
    cost += kPairCosts[before][symbol(c)];
    before = symbol(c);
  }
  return std::exp2(cost / -4.0);
}

}  // namespace pushguard
