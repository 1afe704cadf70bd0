// SPDX-License-Identifier: Apache-2.0
// Compiled for processors with AVX2. Nothing else may be in this file, since the code runs
// on no other processor.
#include "decode/block_filter.h"

#if defined(__AVX2__)
#include <immintrin.h>

#include <bit>

namespace pushguard {
namespace {

// Classifies bytes by their two nibbles: each nibble allows a set of roles (first or second
// byte of a kind of mark, digit of base64), and a byte has the roles that both allow. Some
// bytes pass that have no role; what passes is tested exactly afterwards.
constexpr char kPercent = 1, kBackslash = 2, kLineEnd = 4, kGzip = 8, kQuoted = 16, kMarks = 31;
constexpr char kSign = 32, kNumber = 64, kLetter = char(-128);

__m256i in_both(__m128i nibbles) { return _mm256_broadcastsi128_si256(nibbles); }

__m256i kinds(__m256i bytes, __m256i by_low, __m256i by_high) {
  const __m256i low = _mm256_and_si256(bytes, _mm256_set1_epi8(0x0f));
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
  return _mm256_and_si256(_mm256_shuffle_epi8(by_low, low), _mm256_shuffle_epi8(by_high, high));
}

}  // namespace

size_t avx2_filter_blocks(std::string_view content, size_t& begin, size_t end,
                          std::span<Block> out) {
  constexpr char S = kSign, N = kNumber, L = kLetter, NL = char(N | L), SL = char(S | L);
  // '%' 25, '\' 5c, '=' 3d, 'H' 48, '3' 33; '+' 2b, '-' 2d, '/' 2f.
  const __m256i first_low =
      in_both(_mm_setr_epi8(NL, NL, NL, NL | kQuoted, NL, NL | kPercent, NL, NL, NL | kGzip, NL, L,
                            SL, L | kBackslash, SL | kLineEnd, L, SL));
  const __m256i first_high =
      in_both(_mm_setr_epi8(0, 0, S | kPercent, N | kLineEnd | kQuoted, L | kGzip, L | kBackslash,
                            L, L, 0, 0, 0, 0, 0, 0, 0, 0));
  // Behind '%' 32 to 37, '\' 2f, 75 and 78, '=' 0a and 0d, 'H' 34, '3' 44.
  const __m256i second_low = in_both(
      _mm_setr_epi8(0, 0, kPercent, kPercent, kPercent | kGzip | kQuoted, kPercent | kBackslash,
                    kPercent, kPercent, kBackslash, 0, kLineEnd, 0, 0, kLineEnd, 0, kBackslash));
  const __m256i second_high =
      in_both(_mm_setr_epi8(kLineEnd, 0, kBackslash, kPercent | kGzip, kQuoted, 0, 0, kBackslash, 0,
                            0, 0, 0, 0, 0, 0, 0));
  const __m256i zero = _mm256_setzero_si256(), marks = _mm256_set1_epi8(kMarks);
  size_t position = begin, count = 0;
  for (; position + 33 <= content.size() && position + 32 <= end && count + 2 <= out.size();
       position += 32) {
    const char* at = content.data() + position;
    const __m256i now = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i next = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + 1));
    const __m256i first = kinds(now, first_low, first_high);
    const __m256i mark = _mm256_and_si256(first, kinds(next, second_low, second_high));
    const auto other = static_cast<uint32_t>(
        _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_andnot_si256(marks, first), zero)));
    const auto unmarked =
        static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(mark, zero)));
    const auto zeros = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(now, zero)));
    const bool both_have_others = (other & 0xffff) != 0 && (other >> 16) != 0;
    if (both_have_others && ~unmarked == 0 && zeros == 0) [[likely]]
      continue;
    for (unsigned half = 0; half < 2; ++half) {
      const unsigned shift = 16 * half;
      const uint32_t nul = zeros >> shift & 0xffff;
      unsigned bits = (other >> shift & 0xffff) == 0 ? block_phases(at + shift) : 0u;
      if ((~unmarked >> shift & 0xffff) != 0 && has_mark(at + shift)) bits |= kMarkBlock;
      if (nul == 0xaaaa || nul == 0x5555) bits |= kWideBlock;
      if (bits != 0) out[count++] = {position + shift, static_cast<uint8_t>(bits)};
    }
  }
  begin = position;
  return count;
}

}  // namespace pushguard
#endif
