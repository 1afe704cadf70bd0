// SPDX-License-Identifier: Apache-2.0
// How long a match of a regex can be: what a scanner must see around a keyword.
//
// Rejected: a `reach` that people write into rule files (a wrong one loses
// secrets in silence).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "regex/reader.h"

namespace pushguard {

// Bytes in the longest match, counted in Latin-1; nothing when there is no
// bound. `regex` must be one that RE2 accepts.
std::optional<size_t> longest_match(std::string_view regex);

// The beginnings of `regex` that have a bound, shortest first.
std::vector<Beginning> beginnings(std::string_view regex);

// Regexes that together match what a regex does, made from the alternatives (or
// the only one) of its first group, which begins at `begin`. None where that
// group is optional, is repeated, or sets flags other than letter case. Letter
// case and capture groups may count for less in them.
struct Alternatives {
  size_t begin = 0;
  std::vector<std::string> regexes;
};
Alternatives first_alternatives(std::string_view regex);

}  // namespace pushguard
