// SPDX-License-Identifier: Apache-2.0
// A day of UTC as text: "2027-01-31".
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pushguard {

std::string to_string(std::chrono::sys_days day);

// Nothing when `text` is not exactly what to_string() makes of a day.
std::optional<std::chrono::sys_days> read_day(std::string_view text);

}  // namespace pushguard
