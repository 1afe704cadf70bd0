// SPDX-License-Identifier: Apache-2.0
// A set of bytes that can be static data.
//
// Rejected: std::bitset, which no constant can be made of before C++23.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace pushguard {

struct ByteSet {
  std::array<uint64_t, 4> words{};  // byte B is bit B % 64 of word B / 64

  constexpr void insert(uint8_t byte) { words[byte / 64] |= uint64_t{1} << byte % 64; }
  constexpr bool contains(char c) const {
    const auto byte = static_cast<uint8_t>(c);
    return (words[byte / 64] >> byte % 64 & 1) != 0;
  }

  constexpr ByteSet& operator|=(const ByteSet& other) {
    for (size_t i = 0; i < words.size(); ++i) words[i] |= other.words[i];
    return *this;
  }
  // Those of `a` that `b` has not.
  friend constexpr ByteSet operator-(ByteSet a, const ByteSet& b) {
    for (size_t i = 0; i < a.words.size(); ++i) a.words[i] &= ~b.words[i];
    return a;
  }
  friend auto operator<=>(const ByteSet&, const ByteSet&) = default;
};

inline constexpr ByteSet kAllBytes{{~0ull, ~0ull, ~0ull, ~0ull}};

}  // namespace pushguard
