// SPDX-License-Identifier: Apache-2.0
#include "decode/block_filter.h"

#include <algorithm>
#include <cstring>

#include "codec/byte_kinds.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pushguard {

#if defined(__x86_64__)
// Stops when fewer than 33 bytes are left, or when `out` has no room for two blocks.
size_t avx2_filter_blocks(std::string_view content, size_t& begin, size_t end,
                          std::span<Block> out);
#endif

namespace {

constexpr size_t kBlock = 16;

// Why the block passes, or 0. 17 bytes must be readable.
uint8_t portable_why(const char* block) {
  uint8_t bits = block_phases(block);
  if (has_mark(block)) bits |= kMarkBlock;
  unsigned zeros = 0;
  for (size_t i = 0; i < kBlock; ++i) zeros |= (block[i] == 0 ? 1u : 0u) << i;
  if (zeros == 0xaaaa || zeros == 0x5555) bits |= kWideBlock;
  return bits;
}

template <uint8_t (*kWhy)(const char*)>
size_t filter_with(std::string_view content, size_t& begin, size_t end, std::span<Block> out) {
  end = std::min(end, content.size());
  const size_t whole = content.size() - std::min(content.size(), kBlock);  // starts that are read
  size_t position = begin, count = 0;
  for (; position < end && count < out.size(); position += kBlock) {
    uint8_t bits;
    if (position < whole) [[likely]] {
      bits = kWhy(content.data() + position);
    } else {
      char block[kBlock + 1];
      std::memset(block, ' ', sizeof block);
      std::memcpy(block, content.data() + position, content.size() - position);
      bits = kWhy(block);
    }
    if (bits != 0) [[unlikely]]
      out[count++] = {position, bits};
  }
  begin = position;
  return count;
}

#if defined(__SSE2__)

[[gnu::always_inline]] inline uint8_t sse2_why(const char* block) {
  const auto all = [](char c) { return _mm_set1_epi8(c); };
  const __m128i now = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block));
  const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + 1));
  const auto is = [&](char c) { return _mm_cmpeq_epi8(now, all(c)); };
  const auto then = [&](char c) { return _mm_cmpeq_epi8(next, all(c)); };
  const __m128i digit = _mm_sub_epi8(next, all('2'));
  const __m128i percent =
      _mm_and_si128(is('%'), _mm_cmpeq_epi8(_mm_min_epu8(digit, all(5)), digit));
  const __m128i escape =
      _mm_and_si128(is('\\'), _mm_or_si128(then('u'), _mm_or_si128(then('x'), then('/'))));
  const __m128i line_end = _mm_and_si128(is('='), _mm_or_si128(then('\n'), then('\r')));
  const __m128i pair =
      _mm_or_si128(_mm_and_si128(is('3'), then('D')), _mm_and_si128(is('H'), then('4')));
  const __m128i mark = _mm_or_si128(_mm_or_si128(percent, escape), _mm_or_si128(line_end, pair));
  // No base64 digit is below '+'; bytes over 0x7f are negative.
  const int digits = _mm_movemask_epi8(_mm_cmpgt_epi8(now, all('+' - 1)));
  const int rare = _mm_movemask_epi8(_mm_or_si128(mark, is('\0')));
  if (digits != 0xffff && rare == 0) [[likely]]
    return 0;
  unsigned bits = digits == 0xffff ? block_phases(block) : 0u;
  if (rare != 0) {
    if (_mm_movemask_epi8(mark) != 0) bits |= kMarkBlock;
    const int zeros = _mm_movemask_epi8(is('\0'));
    if (zeros == 0xaaaa || zeros == 0x5555) bits |= kWideBlock;
  }
  return static_cast<uint8_t>(bits);
}

#endif

}  // namespace

uint8_t block_phases(const char* block) {
  uint8_t fit = kBase64Phases | kHexPhases;
  for (size_t i = 0; i < kBlock && fit != 0; ++i) {
    fit &= kRoles[i & 3][static_cast<uint8_t>(block[i])];
  }
  return fit;
}

bool has_mark(const char* block) {
  for (size_t i = 0; i < kBlock; ++i) {
    if (is_mark(block[i], block[i + 1])) return true;
  }
  return false;
}

size_t portable_filter_blocks(std::string_view content, size_t& begin, size_t end,
                              std::span<Block> out) {
  return filter_with<portable_why>(content, begin, end, out);
}

size_t sse2_filter_blocks(std::string_view content, size_t& begin, size_t end,
                          std::span<Block> out) {
#if defined(__SSE2__)
  return filter_with<sse2_why>(content, begin, end, out);
#else
  return portable_filter_blocks(content, begin, end, out);
#endif
}

size_t filter_blocks(std::string_view content, size_t& begin, size_t end, std::span<Block> out) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    const size_t count = avx2_filter_blocks(content, begin, std::min(end, content.size()), out);
    if (begin >= end || count + 2 > out.size()) return count;
    return count + sse2_filter_blocks(content, begin, end, out.subspan(count));
  }
#endif
  return sse2_filter_blocks(content, begin, end, out);
}

}  // namespace pushguard
