// SPDX-License-Identifier: Apache-2.0
// The hot loop of the keyword pass: which positions of a content could stand
// inside a keyword.
//
// Every second position is looked at: of any keyword of four bytes, one of two
// neighbouring grams (three bytes) stands at an even distance. A gram's number
// leaves letter case out and has 16 bits, so that the table stays in the
// processor's nearest caches; a gram's entry says which kinds of byte may stand
// before and behind it. What passes, one position in twenty, is compared twice
// more, without a branch: five bytes roughly, then up to seven by their hash.
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
  const uint8_t* grams;   // kGramCount: what may stand beside each, as beside() says
  const uint64_t* near;   // kPlaceCount: by place(), 32 bits for the fourth byte and for the fifth
  const uint64_t* known;  // kKnownCount: bits, as is_known() says
};

// All of this is inlined always: what is compiled for other processors must not
// stand in for it.
#define PUSHGUARD_INLINE [[gnu::always_inline]] inline

PUSHGUARD_INLINE uint64_t load_word(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Of the first three bytes of `word`, five bits of each and what tells letters
// from others in the second.
PUSHGUARD_INLINE uint32_t gram_number(uint32_t word) {
  return (word & 0x1f) | (word >> 3 & 0x3e0) | (word >> 4 & 0x400) | (word >> 5 & 0xf800);
}

// Bytes in four kinds, about equally frequent in source text; both cases of a
// letter are of one kind.
PUSHGUARD_INLINE uint32_t kind(uint32_t byte) { return byte >> 1 & 3; }

inline constexpr uint8_t kAnyBehind = 0x0f, kAnyBefore = 0xf0;
constexpr std::array<uint8_t, 16> neighbours() {
  std::array<uint8_t, 16> all{};
  for (size_t i = 0; i < 16; ++i) all[i] = static_cast<uint8_t>(1 << (i & 3) | 16 << (i >> 2));
  return all;
}
// By the kind of the byte behind and four times that of the byte before.
inline constexpr std::array<uint8_t, 16> kNeighbours = neighbours();

PUSHGUARD_INLINE uint8_t beside(uint32_t before, uint32_t behind) {
  return kNeighbours[kind(behind) | kind(before) << 2];
}

// A hash of the first three bytes of a word, without regard to case.
PUSHGUARD_INLINE size_t place(uint64_t word) {
  return ((word | 0x202020) << 40) * 0x9e3779b97f4a7c15u >> (64 - kPlaceBits);
}

// Whether some keyword has the first five bytes of a word, nearly.
PUSHGUARD_INLINE uint64_t is_near(const KeywordFilter& filter, uint64_t word) {
  const uint64_t entry = filter.near[place(word)];
  return entry >> (word >> 24 & 31) & entry >> ((word >> 32 & 31) + 32) & 1;
}

// The bit of `known` for the first so many bytes of a word, without regard to case.
template <size_t kBytes>
PUSHGUARD_INLINE size_t known_bit(uint64_t word) {
  return ((word | 0x2020202020202020u) << (64 - 8 * kBytes)) * 0x9e3779b97f4a7c15u >>
         (64 - kKnownBits);
}
template <size_t... kBytes>
PUSHGUARD_INLINE uint64_t knows_one_of(const uint64_t* known, uint64_t word) {
  return ((known[known_bit<kBytes>(word) >> 6] >> (known_bit<kBytes>(word) & 63)) | ...) & 1;
}
// Whether some keyword has the bytes of `word`, up to seven, or seven from `before`
// on, which starts two bytes earlier.
PUSHGUARD_INLINE uint64_t is_known(const KeywordFilter& filter, uint64_t word, uint64_t before) {
  return knows_one_of<3, 4, 5, 7>(filter.known, word) | knows_one_of<7>(filter.known, before);
}

// Bytes that are scanned in one go, at most, and room for every second of them:
// several may be written at once.
inline constexpr size_t kMostScanned = 4096;
using Flagged = std::array<uint16_t, kMostScanned / 2 + 8>;

// Writes where a keyword's rarest bytes may stand, in order, and returns how many:
// four times the distance of a gram behind `range.begin`, and 1 if they start one
// byte before it, 2 if at it, 3 if one may at either. `range` is of content behind its
// first byte. Of every keyword that starts at the range's first byte, at the one
// before it or inside, a gram in range is looked at.
using FilterScan = size_t (*)(const KeywordFilter& filter, std::string_view content, Range range,
                              Flagged& out);

// The fastest one that this processor has.
FilterScan filter_scan();
FilterScan portable_filter_scan();

inline constexpr size_t kBlock = 64;      // bytes that are looked at together
inline constexpr size_t kReadBehind = 8;  // behind a block

// Writes every second place below `size` in `text`, from 0 on, whose gram and
// neighbours pass; returns how many. Block by block: the byte before `text` must be
// readable and kReadBehind bytes behind the last block.
using Flag = size_t (*)(const uint8_t* grams, const char* text, size_t size, uint16_t* out);

template <Flag kFlag>
PUSHGUARD_INLINE size_t scan_text(const KeywordFilter& filter, const char* text, size_t size,
                                  const char* first, uint16_t* out) {
  const size_t count = kFlag(filter.grams, text, size, out);
  // The gram is the first or the second of the bytes that are compared.
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
    // Bytes before the content are those of no keyword that starts in it.
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
  // Behind the content's end stand zeros.
  char padded[3 + 2 * kBlock + kReadBehind] = {};
  const size_t before = std::min<size_t>(range.begin + whole, 3);
  std::memcpy(padded + 3 - before, text + whole - before, before + left - whole);
  const size_t more =
      scan_text<kFlag>(filter, padded + 3, range.size() - whole, padded, out.data() + count);
  for (size_t i = count; i < count + more; ++i) out[i] = static_cast<uint16_t>(out[i] + 4 * whole);
  return count + more;
}

}  // namespace pushguard
