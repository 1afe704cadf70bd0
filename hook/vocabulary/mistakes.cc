// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/mistakes.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace pushguard {
namespace {

constexpr size_t kMostTold = 3;

std::string first_of(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& mistake : std::span(all).first(std::min(all.size(), kMostTold))) {
    text += text.empty() ? mistake : "\n" + mistake;
  }
  if (all.size() > kMostTold) {
    const size_t more = all.size() - kMostTold;
    text += fmt::format("\nand {} more mistake{}; 'pushguard config check' shows all of them", more,
                        more == 1 ? "" : "s");
  }
  return text;
}

// The line and the column in "FILE:LINE:COLUMN: ..."; zeros where `text` has none.
std::pair<size_t, size_t> place_of(std::string_view text, std::string_view file) {
  std::pair<size_t, size_t> place{};
  if (!text.starts_with(file)) return place;
  text.remove_prefix(file.size());
  for (size_t* number : {&place.first, &place.second}) {
    if (!text.starts_with(':')) break;
    const auto [end, failure] =
        std::from_chars(text.data() + 1, text.data() + text.size(), *number);
    if (failure != std::errc()) break;
    text.remove_prefix(static_cast<size_t>(end - text.data()));
  }
  return place;
}

}  // namespace

FileErrors::FileErrors(std::vector<std::string> all) : Error(first_of(all)), all_(std::move(all)) {}

void Mistakes::sort_by_place(std::string_view file) {
  std::ranges::stable_sort(all_, {},
                           [&](const std::string& mistake) { return place_of(mistake, file); });
}

void Mistakes::raise() const {
  if (!all_.empty()) throw FileErrors(all_);
}

}  // namespace pushguard
