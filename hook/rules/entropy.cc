// SPDX-License-Identifier: Apache-2.0
#include "rules/entropy.h"

#include <array>
#include <cmath>

namespace pushguard {

double entropy(std::string_view bytes) {
  std::array<size_t, 256> counts{};
  for (const char c : bytes) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(bytes.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

}  // namespace pushguard
