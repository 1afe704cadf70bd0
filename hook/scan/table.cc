// SPDX-License-Identifier: Apache-2.0
#include "scan/table.h"

#include <algorithm>

#include <fmt/format.h>

namespace pushguard {

std::string render_columns(const std::vector<std::vector<std::string>>& rows) {
  constexpr size_t kWidest = 60;
  std::vector<size_t> widths;
  for (const auto& cells : rows) {
    widths.resize(std::max(widths.size(), cells.size()));
    for (size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], std::min(cells[i].size(), kWidest));
    }
  }
  std::string text;
  for (const auto& cells : rows) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) line += fmt::format("{:<{}}  ", cells[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace pushguard
