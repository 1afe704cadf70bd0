// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/day.h"

#include <cstdio>

#include <fmt/format.h>

namespace pushguard {

std::string to_string(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()));
}

std::optional<std::chrono::sys_days> read_day(std::string_view text) {
  int year = 0;
  unsigned month = 0, day = 0;
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok() || to_string(std::chrono::sys_days(date)) != text) return std::nullopt;
  return std::chrono::sys_days(date);
}

}  // namespace pushguard
