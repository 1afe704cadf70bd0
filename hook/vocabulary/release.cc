// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/release.h"

#include <charconv>

#include <fmt/format.h>

namespace pushguard {

std::optional<Release> read_release(std::string_view text) {
  Release release;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (uint16_t* number : {&release.major, &release.minor, &release.patch}) {
    if (number != &release.major && (at == end || *at++ != '.')) return std::nullopt;
    const auto [next, error] = std::from_chars(at, end, *number);
    if (error != std::errc()) return std::nullopt;
    at = next;
  }
  if (at != end || to_string(release) != text) return std::nullopt;
  return release;
}

std::string to_string(const Release& release) {
  return fmt::format("{}.{}.{}", release.major, release.minor, release.patch);
}

}  // namespace pushguard
