// The hot loop of the keyword pass: which positions of a content could stand
// inside a keyword.
//
// Every second position is looked at: of any keyword of four bytes, one of two
// neighbouring grams (three bytes) stands at an even distance. A gram's number
// leaves letter case out and has 16 bits, so that the table stays in the
// processor's nearest caches; a gram's entry says which kinds of byte may follow
// it. Measured and rejected (tests/bench/README.md): a look at every position, a
// table of bits, four-byte hashes, AVX2 gathers, two grams combined.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace pushguard {

inline constexpr size_t kGramCount = size_t{1} << 16;
inline constexpr uint32_t kGramMask = 0x1f5f1f;  // bits of three bytes that count

inline uint32_t load_gram(const char* bytes) {
  uint32_t word;
  std::memcpy(&word, bytes, 4);
  return word;
}

// The bits of `word` under kGramMask, together: what BMI2's pext does at once.
inline uint32_t gram_number(uint32_t word) {
  return (word & 0x1f) | (word >> 3 & 0x3e0) | (word >> 4 & 0x400) | (word >> 5 & 0xf800);
}

// Bytes in eight kinds, about equally frequent in source text, as bits.
constexpr std::array<uint8_t, 256> byte_kinds() {
  std::array<uint8_t, 256> kinds{};
  for (int c = 0; c < 256; ++c) kinds[static_cast<size_t>(c)] = static_cast<uint8_t>(1 << (c % 8));
  constexpr std::string_view kCommonFirst = " etaoinsrldcupmfhgbyxvkwqjz_\n-./*01,=\":";
  for (size_t i = 0; i < kCommonFirst.size(); ++i) {
    const char c = kCommonFirst[i];
    const auto kind = static_cast<uint8_t>(1 << (i / 8 % 2 == 0 ? i % 8 : 7 - i % 8));
    kinds[static_cast<uint8_t>(c)] = kind;
    if (c >= 'a' && c <= 'z') kinds[static_cast<uint8_t>(c - 'a' + 'A')] = kind;
  }
  return kinds;
}
inline constexpr std::array<uint8_t, 256> kByteKinds = byte_kinds();

// Appends to `out` every second position from `begin` whose gram `filter` has,
// with a byte behind it that may follow there, until `end` or until `out` might overflow; returns how many, and
// sets `begin` to where to go on. Four bytes must be readable at every position
// below `end`.
using FilterScan = size_t (*)(const uint8_t* filter, const char* content, size_t& begin,
                              size_t end, std::span<size_t> out);

// The fastest one that this processor has.
FilterScan filter_scan();
FilterScan portable_filter_scan();

inline constexpr size_t kGramsAtOnce = 8;

template <uint32_t (*kNumber)(uint32_t)>
[[gnu::always_inline]] inline uint32_t passes(const uint8_t* filter, const char* content) {
  const uint32_t word = load_gram(content);
  return filter[kNumber(word)] & kByteKinds[word >> 24];
}

template <uint32_t (*kNumber)(uint32_t)>
size_t scan_with(const uint8_t* filter, const char* content, size_t& begin, size_t end,
                 std::span<size_t> out) {
  constexpr size_t kStride = 2 * kGramsAtOnce;
  size_t count = 0, position = begin;
  // Without a branch: about every other stride has a position that passes.
  for (; position + kStride <= end && count + kGramsAtOnce <= out.size(); position += kStride) {
#pragma GCC unroll 8
    for (size_t i = 0; i < kGramsAtOnce; ++i) {
      out[count] = position + 2 * i;
      count += passes<kNumber>(filter, content + position + 2 * i) != 0;
    }
  }
  if (position + kStride > end) {
    for (; position < end && count < out.size(); position += 2) {
      out[count] = position;
      count += passes<kNumber>(filter, content + position) != 0;
    }
  }
  begin = position;
  return count;
}

}  // namespace pushguard
