// SPDX-License-Identifier: Apache-2.0
// The values that stand beside a name: `token = "V"`, `<key>token</key><string>V</string>`.
//
// A name and its value are written in some fifty layouts, and each has a dozen variants: types,
// calls, defaults, quotes. The reader walks from a name through what may stand between the two,
// whatever the language is, and returns every place where a value may be. It does not judge
// them. It reads at most kValueReach bytes on both sides of the name, so what it returns
// depends on these bytes only.
// Rejected: a regex for each layout, or one for all (it grows with the product of the variants,
// takes what it rejected for read, and so loses the name behind a rejected value).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

// How far from a name, in bytes, a value is read.
inline constexpr size_t kValueReach = 2048;
// The sizes of a value, in bytes.
inline constexpr size_t kShortestValue = 8, kLongestValue = 1500;

// Appends the places of the values of the name at `name`, in the order of the layouts; a place
// may come twice. `bytes` is how much may still be read in the content; returns false once it is
// used up.
bool read_named_values(std::string_view content, Range name, uint64_t& bytes,
                       std::vector<Range>& values);

}  // namespace pushguard
