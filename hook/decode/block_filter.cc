#include "decode/block_filter.h"

#include <algorithm>
#include <cstring>

#include "decode/byte_kinds.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pushguard {

#if defined(__x86_64__)
// Stops where no 33 bytes are left, or no room for two blocks.
size_t avx2_filter_blocks(std::string_view content, size_t& begin, size_t end,
                          std::span<Block> out);
#endif

namespace {

constexpr size_t kBlock = 16;

// 17 bytes are readable.
uint8_t why(const char* block) {
  uint8_t bits = block_phases(block);
  if (has_mark(block)) bits |= kMarkBlock;
  unsigned zeros = 0;
  for (size_t i = 0; i < kBlock; ++i) {
    zeros |= (block[i] == 0 ? 1u : 0u) << i;
  }
  if (zeros == 0xaaaa || zeros == 0x5555) bits |= kWideBlock;
  return bits;
}

size_t filter_end(std::string_view content, size_t& begin, size_t end, std::span<Block> out) {
  size_t count = 0;
  for (; begin < end && count < out.size(); begin += kBlock) {
    char block[kBlock + 1];
    std::memset(block, ' ', sizeof block);
    const size_t size = std::min(sizeof block, content.size() - begin);
    std::memcpy(block, content.data() + begin, size);
    if (const uint8_t bits = why(block)) out[count++] = {begin, bits};
  }
  return count;
}

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
  return filter_end(content, begin, std::min(end, content.size()), out);
}

#if defined(__SSE2__)

size_t sse2_filter_blocks(std::string_view content, size_t& begin, size_t end,
                          std::span<Block> out) {
  end = std::min(end, content.size());
  const size_t whole = content.size() < kBlock + 1 ? 0 : content.size() - kBlock;
  const size_t last = std::min(end, whole);
  size_t count = 0, position = begin;
  const auto all = [](char c) { return _mm_set1_epi8(c); };
  for (; position < last && count < out.size(); position += kBlock) {
    const char* at = content.data() + position;
    const __m128i now = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 1));
    const auto is = [&](char c) { return _mm_cmpeq_epi8(now, all(c)); };
    const auto then = [&](char c) { return _mm_cmpeq_epi8(next, all(c)); };
    const __m128i digit = _mm_sub_epi8(next, all('2'));
    const __m128i percent =
        _mm_and_si128(is('%'), _mm_cmpeq_epi8(_mm_min_epu8(digit, all(5)), digit));
    const __m128i escape =
        _mm_and_si128(is('\\'), _mm_or_si128(then('u'), _mm_or_si128(then('x'), then('/'))));
    const __m128i line_end = _mm_and_si128(is('='), _mm_or_si128(then('\n'), then('\r')));
    const __m128i pair = _mm_or_si128(_mm_and_si128(is('3'), then('D')),
                                      _mm_and_si128(is('H'), then('4')));
    const __m128i mark = _mm_or_si128(_mm_or_si128(percent, escape), _mm_or_si128(line_end, pair));
    // Below '+' there is no digit of base64; bytes over 0x7f are negative.
    const int digits = _mm_movemask_epi8(_mm_cmpgt_epi8(now, all('+' - 1)));
    const int rare = _mm_movemask_epi8(_mm_or_si128(mark, is('\0')));
    if (digits != 0xffff && rare == 0) [[likely]] continue;
    uint8_t bits = digits == 0xffff ? block_phases(at) : uint8_t{0};
    if (rare != 0) {
      if (_mm_movemask_epi8(mark) != 0) bits |= kMarkBlock;
      const int zeros = _mm_movemask_epi8(is('\0'));
      if (zeros == 0xaaaa || zeros == 0x5555) bits |= kWideBlock;
    }
    if (bits != 0) out[count++] = {position, bits};
  }
  begin = position;
  if (position >= last) count += filter_end(content, begin, end, out.subspan(count));
  return count;
}

#else

size_t sse2_filter_blocks(std::string_view content, size_t& begin, size_t end,
                          std::span<Block> out) {
  return portable_filter_blocks(content, begin, end, out);
}

#endif

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
