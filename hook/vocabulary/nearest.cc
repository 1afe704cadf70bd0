// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/nearest.h"

#include <algorithm>
#include <vector>

namespace pushguard {
namespace {

// Edit distance, for "did you mean".
size_t distance(std::string_view one, std::string_view other) {
  std::vector<size_t> row(other.size() + 1);
  for (size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= one.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j < row.size(); ++j) {
      const size_t change = diagonal + (one[i - 1] != other[j - 1]);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest(std::string_view name, std::span<const std::string_view> known) {
  const auto found =
      std::ranges::min_element(known, {}, [&](auto other) { return distance(other, name); });
  return found != known.end() && distance(*found, name) <= std::max<size_t>(2, name.size() / 4)
             ? *found
             : std::string_view();
}

}  // namespace pushguard
