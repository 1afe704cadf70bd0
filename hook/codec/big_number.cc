// SPDX-License-Identifier: Apache-2.0
#include "codec/big_number.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace pushguard {

std::string_view without_leading_zeros(std::string_view number) {
  number.remove_prefix(std::min(number.find_first_not_of('\0'), number.size()));
  return number;
}

std::string product_of(std::string_view a, std::string_view b) {
  std::vector<uint32_t> columns(a.size() + b.size() + 1);  // least significant first
  for (size_t i = 0; i < a.size(); ++i) {
    uint32_t carry = 0;
    for (size_t j = 0; j < b.size(); ++j) {
      const uint32_t digits = uint32_t{static_cast<uint8_t>(a[a.size() - 1 - i])} *
                              static_cast<uint8_t>(b[b.size() - 1 - j]);
      const uint32_t sum = columns[i + j] + digits + carry;
      columns[i + j] = sum & 0xff;
      carry = sum >> 8;
    }
    columns[i + b.size()] = carry;
  }
  std::string bytes;
  for (const uint32_t column : columns) bytes += static_cast<char>(column);
  std::ranges::reverse(bytes);
  return std::string(without_leading_zeros(bytes));
}

}  // namespace pushguard
