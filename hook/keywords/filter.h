// SPDX-License-Identifier: Apache-2.0
// The hot loop of the keyword pass: selects the positions of a content at which a keyword
// may be.
//
// A gram is three consecutive bytes. Only positions at an even distance from the start of the
// scanned range are tested: any four bytes of a keyword contain two grams, and one of these is
// at such a position. A gram's number ignores letter case and has 16 bits, so the table of
// grams fits into the processor's caches; its entry lists the kinds of bytes that may come
// right before and right after it. About one position in twenty passes. It is tested twice
// more, without a branch: five bytes by two bit sets, then up to seven bytes by their hash.
//
//   text      . . b b b b b . .        b: the rarest bytes of a keyword
//   grams         [- - -]              the gram, with the kinds of the bytes on both sides
//   near          [- - - - -]          five bytes, by place() and two bit sets
//   known     [- - - - - - -]          3, 4, 5 or 7 bytes, by the bit of their hash
//
// Measured and rejected: tests/bench/README.md.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "vocabulary/range.h"

namespace pushguard {

inline constexpr size_t kGramCount = size_t{1} << 16;
inline constexpr size_t kPlaceBits = 11, kPlaceCount = size_t{1} << kPlaceBits;
inline constexpr size_t kKnownBits = 16, kKnownCount = (size_t{1} << kKnownBits) / 64;

struct KeywordFilter {
  const uint8_t* grams;   // kGramCount entries: the neighbours of each gram, as beside()
  const uint64_t* near;   // kPlaceCount entries, by place(): 32 bits each for bytes 4 and 5
  const uint64_t* known;  // kKnownCount words of bits, as known_bit()
};

// Always inlined: otherwise the linker could choose the copy that was compiled for another
// processor.
#define PUSHGUARD_INLINE [[gnu::always_inline]] inline

PUSHGUARD_INLINE uint64_t load_word(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// The number of the gram in the first three bytes of `word`: five bits of each byte, and one
// bit that distinguishes letters in the second.
PUSHGUARD_INLINE uint32_t gram_number(uint32_t word) {
  return (word & 0x1f) | (word >> 3 & 0x3e0) | (word >> 4 & 0x400) | (word >> 5 & 0xf800);
}

// Divides bytes into four kinds that are about equally frequent in source text. Both cases
// of a letter have the same kind.
PUSHGUARD_INLINE uint32_t kind(uint32_t byte) { return byte >> 1 & 3; }

// Masks for an entry of KeywordFilter::grams: four bits for the kind of the byte after the
// gram, four for that of the byte before it.
inline constexpr uint8_t kAnyBehind = 0x0f, kAnyBefore = 0xf0;
constexpr std::array<uint8_t, 16> neighbours() {
  std::array<uint8_t, 16> all{};
  for (size_t i = 0; i < 16; ++i) all[i] = static_cast<uint8_t>(1 << (i & 3) | 16 << (i >> 2));
  return all;
}
// Indexed by the kind of the byte after the gram plus four times that of the byte before it.
inline constexpr std::array<uint8_t, 16> kNeighbours = neighbours();

// The two bits that a gram's entry must have for these bytes before and after the gram.
PUSHGUARD_INLINE uint8_t beside(uint32_t before, uint32_t behind) {
  return kNeighbours[kind(behind) | kind(before) << 2];
}

// A hash of the first three bytes of `word` that ignores letter case.
PUSHGUARD_INLINE size_t place(uint64_t word) {
  return ((word | 0x202020) << 40) * 0x9e3779b97f4a7c15u >> (64 - kPlaceBits);
}

// Whether a keyword may contain the first five bytes of `word`. One-sided: never false when
// one does.
PUSHGUARD_INLINE uint64_t is_near(const KeywordFilter& filter, uint64_t word) {
  const uint64_t entry = filter.near[place(word)];
  return entry >> (word >> 24 & 31) & entry >> ((word >> 32 & 31) + 32) & 1;
}

// The number of the bit in KeywordFilter::known for the first kBytes bytes of `word`; ignores
// letter case.
template <size_t kBytes>
PUSHGUARD_INLINE size_t known_bit(uint64_t word) {
  return ((word | 0x2020202020202020u) << (64 - 8 * kBytes)) * 0x9e3779b97f4a7c15u >>
         (64 - kKnownBits);
}
template <size_t... kBytes>
PUSHGUARD_INLINE uint64_t knows_one_of(const uint64_t* known, uint64_t word) {
  return ((known[known_bit<kBytes>(word) >> 6] >> (known_bit<kBytes>(word) & 63)) | ...) & 1;
}
// Whether a keyword may contain the first bytes of `word` (up to seven), or the first seven
// of `before`, which starts two bytes earlier in the text. One-sided, as is_near().
PUSHGUARD_INLINE uint64_t is_known(const KeywordFilter& filter, uint64_t word, uint64_t before) {
  return knows_one_of<3, 4, 5, 7>(filter.known, word) | knows_one_of<7>(filter.known, before);
}

// The largest range of one FilterScan, and an array with an entry for every second position
// in it, and eight to spare: positions may be written in groups.
inline constexpr size_t kMostScanned = 4096;
using Flagged = std::array<uint16_t, kMostScanned / 2 + 8>;

// Writes the positions at which a keyword's rarest bytes may start to `out`, in ascending
// order, and returns their number. An entry is 4 * d + k: d is the distance of a gram from
// `range.begin`; k is 1 when the rarest bytes may start one byte before the gram, 2 when they
// may start at it, 3 for both. `range` has at most kMostScanned bytes and must not contain the
// first byte of `content`. Every keyword that starts in the range or one byte before it has a
// gram that is tested.
using FilterScan = size_t (*)(const KeywordFilter& filter, std::string_view content, Range range,
                              Flagged& out);

// The fastest implementation for this processor.
FilterScan filter_scan();
FilterScan portable_filter_scan();

inline constexpr size_t kBlock = 64;      // bytes tested at a time
inline constexpr size_t kReadBehind = 8;  // bytes read after a block

// Writes the even positions below `size` in `text` whose gram and neighbours pass, and
// returns their number. Works in whole blocks: the byte before `text` and kReadBehind bytes
// after the last block must be readable.
using Flag = size_t (*)(const uint8_t* grams, const char* text, size_t size, uint16_t* out);

template <Flag kFlag>
PUSHGUARD_INLINE size_t scan_text(const KeywordFilter& filter, const char* text, size_t size,
                                  const char* first, uint16_t* out) {
  const size_t count = kFlag(filter.grams, text, size, out);
  // The compared bytes start at the gram, or one byte before it.
  size_t near = 0, left = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint16_t at = out[i];
    const uint64_t word = load_word(text + at - 1);
    out[near] = at;
    near += is_near(filter, word) | is_near(filter, word >> 8);
  }
  for (size_t i = 0; i < near; ++i) {
    const size_t at = out[i];
    const uint64_t word = load_word(text + at - 1);
    // No keyword that starts in the content has bytes before its first byte.
    const uint64_t before = text + at < first + 3 ? word << 16 : load_word(text + at - 3);
    const uint64_t known = is_known(filter, word, before) | is_known(filter, word >> 8, before >> 8)
                                                                << 1;
    out[left] = static_cast<uint16_t>(4 * at + known);
    left += known != 0;
  }
  return left;
}

template <Flag kFlag>
PUSHGUARD_INLINE size_t scan_with(const KeywordFilter& filter, std::string_view content,
                                  Range range, Flagged& out) {
  const size_t left = content.size() - range.begin;
  const size_t whole = left < kReadBehind ? 0 : (left - kReadBehind) / kBlock * kBlock;
  const char* first = content.data();
  const char* text = first + range.begin;
  if (range.size() <= whole) return scan_text<kFlag>(filter, text, range.size(), first, out.data());
  const size_t count = scan_text<kFlag>(filter, text, whole, first, out.data());
  // The content is continued with zeros.
  char padded[3 + 2 * kBlock + kReadBehind] = {};
  const size_t before = std::min<size_t>(range.begin + whole, 3);
  std::memcpy(padded + 3 - before, text + whole - before, before + left - whole);
  const size_t more =
      scan_text<kFlag>(filter, padded + 3, range.size() - whole, padded, out.data() + count);
  for (size_t i = count; i < count + more; ++i) out[i] = static_cast<uint16_t>(out[i] + 4 * whole);
  return count + more;
}

}  // namespace pushguard
