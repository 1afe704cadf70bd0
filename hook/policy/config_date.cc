// SPDX-License-Identifier: Apache-2.0
#include "policy/config_date.h"

#include <fmt/format.h>

namespace pushguard {

std::optional<std::chrono::sys_days> read_date(const TomlFile& file, const toml::table& table,
                                               std::string_view key) {
  const toml::node* node = table.get(key);
  if (!node) return std::nullopt;
  const auto date = node->value_exact<toml::date>();
  const std::chrono::year_month_day day{std::chrono::year(date ? date->year : 0),
                                        std::chrono::month(date ? date->month : 0),
                                        std::chrono::day(date ? date->day : 0)};
  if (!date || !day.ok()) {
    throw file.error_at(*node,
                        fmt::format("'{}' must be a date, as in 2027-01-31 without quotes", key));
  }
  return day;
}

}  // namespace pushguard
