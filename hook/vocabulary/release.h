// SPDX-License-Identifier: Apache-2.0
// A release by its number: "0.2.0".
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pushguard {

struct Release {
  uint16_t major = 0, minor = 0, patch = 0;

  friend auto operator<=>(const Release&, const Release&) = default;
};

// Nothing when `text` is no such number.
std::optional<Release> read_release(std::string_view text);

std::string to_string(const Release&);

}  // namespace pushguard
