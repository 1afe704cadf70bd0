// SPDX-License-Identifier: Apache-2.0
// A date of the configuration: 2027-01-31, without quotes.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "vocabulary/toml_file.h"

namespace pushguard {

// Nothing when the table has no such key. Throws FileError when the value is no date.
std::optional<std::chrono::sys_days> read_date(const TomlFile& file, const toml::table& table,
                                               std::string_view key);

}  // namespace pushguard
