// SPDX-License-Identifier: Apache-2.0
// Compiled for processors with AVX2 and BMI (vocabulary/processor.h). Nothing else may be in this
// file, since the code runs on no other processor.
#include "keywords/filter.h"

#if defined(__AVX2__) && defined(__BMI2__)
#include <immintrin.h>

#include <algorithm>

namespace pushguard {
namespace {

constexpr size_t kInBlock = kBlock / 2;  // positions tested in a block
// The number of blocks that are processed together. Table entries are written byte by byte
// and read back as vectors; reading at once would stall. A gather is no faster. GCC must
// not vectorise the byte writes itself, which is slower: hook/CMakeLists.txt disables it.
constexpr size_t kBlocksAtOnce = 4;

PUSHGUARD_INLINE __m256i load(const void* at) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(at));
}

// The gram numbers of 16 positions, in lanes of 16 bits.
PUSHGUARD_INLINE __m256i gram_numbers(const char* text) {
  const __m256i first = load(text), third = load(text + 2);
  const __m256i low = _mm256_and_si256(first, _mm256_set1_epi16(0x1f));
  const __m256i middle =
      _mm256_or_si256(_mm256_and_si256(_mm256_srli_epi16(first, 3), _mm256_set1_epi16(0x3e0)),
                      _mm256_and_si256(_mm256_srli_epi16(first, 4), _mm256_set1_epi16(0x400)));
  return _mm256_or_si256(_mm256_or_si256(low, middle), _mm256_slli_epi16(third, 11));
}

// The index into kNeighbours for each position.
PUSHGUARD_INLINE __m256i kinds_beside(const char* text) {
  const __m256i behind = _mm256_srli_epi16(load(text + 2), 9);
  const __m256i before = _mm256_slli_epi16(load(text - 1), 1);
  return _mm256_or_si256(_mm256_and_si256(behind, _mm256_set1_epi16(0x03)),
                         _mm256_and_si256(before, _mm256_set1_epi16(0x0c)));
}

PUSHGUARD_INLINE void read_table(const uint8_t* grams, const char* text, uint8_t* entries) {
  alignas(32) uint16_t numbers[kInBlock];
  for (size_t half = 0; half < 2; ++half) {
    _mm256_store_si256(reinterpret_cast<__m256i*>(numbers + 16 * half),
                       gram_numbers(text + 32 * half));
  }
#pragma GCC unroll 32
  for (size_t i = 0; i < kInBlock; ++i) entries[i] = grams[numbers[i]];
}

// A bit for each position that passes.
PUSHGUARD_INLINE uint32_t passing(const char* text, const uint8_t* entries) {
  const __m256i kinds = _mm256_permute4x64_epi64(
      _mm256_packus_epi16(kinds_beside(text), kinds_beside(text + 32)), 0xd8);
  const __m256i table = _mm256_broadcastsi128_si256(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(kNeighbours.data())));
  const __m256i needed = _mm256_shuffle_epi8(table, kinds);
  const __m256i both = _mm256_and_si256(needed, load(entries));
  return static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, needed)));
}

// Writes up to four positions without a branch, which is nearly always enough.
PUSHGUARD_INLINE size_t write(uint32_t passing, size_t first, uint16_t* out) {
  const auto count = static_cast<size_t>(_mm_popcnt_u32(passing));
  const auto next = [&](size_t i) {
    out[i] = static_cast<uint16_t>(first + 2 * _tzcnt_u32(passing));
    passing = _blsr_u32(passing);
  };
  for (size_t i = 0; i < 4; ++i) next(i);
  for (size_t i = 4; i < count; ++i) next(i);
  return count;
}

PUSHGUARD_INLINE size_t flag(const uint8_t* grams, const char* text, size_t size, uint16_t* out) {
  alignas(32) uint8_t entries[kBlocksAtOnce][kInBlock];
  size_t count = 0, at = 0;
  for (; at + kBlocksAtOnce * kBlock <= size; at += kBlocksAtOnce * kBlock) {
    for (size_t i = 0; i < kBlocksAtOnce; ++i) {
      read_table(grams, text + at + i * kBlock, entries[i]);
    }
    for (size_t i = 0; i < kBlocksAtOnce; ++i) {
      const size_t first = at + i * kBlock;
      count += write(passing(text + first, entries[i]), first, out + count);
    }
  }
  for (; at < size; at += kBlock) {
    read_table(grams, text + at, entries[0]);
    const auto in_range = static_cast<uint32_t>(std::min(size - at + 1, kBlock) / 2);
    count += write(_bzhi_u32(passing(text + at, entries[0]), in_range), at, out + count);
  }
  return count;
}

}  // namespace

size_t avx2_filter_scan(const KeywordFilter& filter, std::string_view content, Range range,
                        Flagged& out) {
  return scan_with<flag>(filter, content, range, out);
}

}  // namespace pushguard
#endif
