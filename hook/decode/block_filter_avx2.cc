// SPDX-License-Identifier: Apache-2.0
// Compiled for processors with AVX2 and BMI (vocabulary/processor.h). Nothing else may be in this
// file, since the code runs on no other processor.
#include "decode/block_filter.h"

#if defined(__AVX2__)
#include <immintrin.h>

namespace pushguard {
namespace {

// Classifies bytes by their two nibbles: each nibble allows a set of roles (letter or digit,
// line end, first or second byte of a kind of mark), and a byte has the roles that both allow.
// Some pairs pass as marks that are none. The kinds of marks:
constexpr char P = 1, N = 2, B = 4, C = 8, Z = 16, X = 32, Q = 64, L = char(-128);
// Digits; letters from 4x and 6x, and from 5x and 7x.
constexpr char kNumber = 1, kEven = 2, kOdd = 4;

[[gnu::always_inline]] inline __m256i in_both(__m128i nibbles) {
  return _mm256_broadcastsi128_si256(nibbles);
}

// Of four words, and the fourth of the four before them, moved up by one word.
[[gnu::always_inline]] inline __m256i behind(__m256i words, __m256i& last) {
  const __m256i turned = _mm256_permute4x64_epi64(words, 0x93);
  const __m256i moved = _mm256_blend_epi32(turned, last, 0x03);
  last = turned;
  return moved;
}

template <int kCount>
[[gnu::always_inline]] inline __m256i up(__m256i words, __m256i before) {
  return _mm256_or_si256(_mm256_slli_epi64(words, kCount), _mm256_srli_epi64(before, 64 - kCount));
}

}  // namespace

bool avx2_fill(const char* text, size_t first, size_t last, BlockBits& bits) {
  // P: '%' 25, '=' 3d; N: '='; B: '\\' 5c; C: '&' 26, 'H' 48; Z: 'e' 65; X: '0' 30; Q: quotes 22
  // and 27; L: line ends 0a and 0d.
  const __m256i first_low =
      in_both(_mm_setr_epi8(X, 0, Q, 0, 0, P | Z, C, Q, C, 0, L, 0, B, P | N | L, 0, 0));
  const __m256i first_high =
      in_both(_mm_setr_epi8(L, 0, P | C | Q, P | N | X, C, B, Z, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  // P: 32 to 37; N: 0a, 0d; B: 30, 31, 34 to 37, 2f, 55, 6e, 75, 78, 0a, 0d; C: 23, 34;
  // Z: 41, 46, 4a, 4e; X: 58, 78; Q: 20, 22, 26, 27, 2b, 2e, 0a, 0d.
  const __m256i second_low =
      in_both(_mm_setr_epi8(B | Q, B | Z, P | Q, P | C, P | C | B, P | B, P | B | Z | Q, P | B | Q,
                            B | X, 0, N | B | Z | Q, Q, 0, N | B | Q, B | Z | Q, B));
  const __m256i second_high = in_both(_mm_setr_epi8(N | B | Q, 0, B | C | Q, P | B | C, Z, B | X, B,
                                                    B | X, 0, 0, 0, 0, 0, 0, 0, 0));
  constexpr char V = kEven, O = kOdd, A = V | O, D = kNumber | A;
  const __m256i alnum_low =
      in_both(_mm_setr_epi8(kNumber | O, D, D, D, D, D, D, D, D, D, A, V, V, V, V, V));
  const __m256i alnum_high =
      in_both(_mm_setr_epi8(0, 0, 0, kNumber, V, O, V, O, 0, 0, 0, 0, 0, 0, 0, 0));
  const __m256i low_bits = _mm256_set1_epi8(0x0f), zero = _mm256_setzero_si256();
  __m256i least = _mm256_set1_epi8(-1);
  for (size_t word = first; word <= last; ++word, text += BlockFilter::kBlock) {
    uint64_t no_alnum[2], unmarked[2], line_ends[2];
#pragma GCC unroll 2
    for (unsigned half = 0; half < 2; ++half) {
      const char* at = text + 32 * half;
      const __m256i now = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
      const __m256i next = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + 1));
      // A shuffle takes the low nibble itself, and gives 0 for bytes over 0x7f.
      const __m256i high = _mm256_and_si256(_mm256_srli_epi16(now, 4), low_bits);
      const __m256i next_high = _mm256_and_si256(_mm256_srli_epi16(next, 4), low_bits);
      const __m256i role = _mm256_and_si256(_mm256_shuffle_epi8(first_low, now),
                                            _mm256_shuffle_epi8(first_high, high));
      const __m256i next_role = _mm256_and_si256(_mm256_shuffle_epi8(second_low, next),
                                                 _mm256_shuffle_epi8(second_high, next_high));
      const __m256i alnum = _mm256_and_si256(_mm256_shuffle_epi8(alnum_low, now),
                                             _mm256_shuffle_epi8(alnum_high, high));
      const auto in_bits = [](__m256i bytes) {
        return uint64_t{static_cast<uint32_t>(_mm256_movemask_epi8(bytes))};
      };
      no_alnum[half] = in_bits(_mm256_cmpeq_epi8(alnum, zero));
      unmarked[half] = in_bits(_mm256_cmpeq_epi8(_mm256_and_si256(role, next_role), zero));
      line_ends[half] = in_bits(role);
      least = _mm256_min_epu8(least, now);
    }
    const auto both = [](const uint64_t(&halves)[2]) { return halves[0] | halves[1] << 32; };
    bits.alnum.data()[word] = ~both(no_alnum);
    bits.line_ends.data()[word] = both(line_ends);
    bits.marks.data()[word] = ~both(unmarked);
  }
  return _mm256_movemask_epi8(_mm256_cmpeq_epi8(least, zero)) != 0;
}

void avx2_join(size_t count, BlockBits& bits) {
  const auto first = [](const BlockBits::Words& words) {
    return _mm256_set1_epi64x(static_cast<long long>(words.data()[0]));
  };
  __m256i last_alnum = first(bits.alnum), last_ends = first(bits.line_ends);
  __m256i last_twos = first(bits.twos), last_fours = first(bits.fours);
  __m256i last_eights = first(bits.eights), last_pairs = first(bits.pairs);
  __m256i last_sixteens = first(bits.sixteens);
  __m256i last_threes = first(bits.by_three), last_fours_of_pairs = first(bits.by_four);
  for (size_t word = 1; word <= count; word += 4) {
    const auto load = [&](const BlockBits::Words& words) {
      return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(words.data() + word));
    };
    const auto store = [&](BlockBits::Words& words, __m256i value) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(words.data() + word), value);
    };
    const __m256i alnum = load(bits.alnum), before = behind(alnum, last_alnum);
    const __m256i after_one = up<1>(alnum, before);
    const __m256i twos = _mm256_and_si256(alnum, after_one);
    const __m256i before_twos = behind(twos, last_twos);
    const __m256i fours = _mm256_and_si256(twos, up<2>(twos, before_twos));
    const __m256i eights = _mm256_and_si256(fours, up<4>(fours, behind(fours, last_fours)));
    const __m256i before_eights = behind(eights, last_eights);
    const __m256i sixteens = _mm256_and_si256(eights, up<8>(eights, before_eights));
    const __m256i long_rows = _mm256_and_si256(sixteens, up<16>(eights, before_eights));
    const __m256i pairs = _mm256_andnot_si256(
        alnum, _mm256_andnot_si256(up<3>(alnum, before), up<1>(twos, before_twos)));
    const __m256i before_pairs = behind(pairs, last_pairs);
    const __m256i by_three = _mm256_and_si256(pairs, up<3>(pairs, before_pairs));
    const __m256i by_four = _mm256_and_si256(pairs, up<4>(pairs, before_pairs));
    const __m256i steps = _mm256_or_si256(
        _mm256_and_si256(by_three, up<3>(by_three, behind(by_three, last_threes))),
        _mm256_and_si256(by_four, up<4>(by_four, behind(by_four, last_fours_of_pairs))));
    store(bits.by_three, by_three);
    store(bits.by_four, by_four);
    const __m256i line_ends = load(bits.line_ends);
    const __m256i after_end = up<1>(line_ends, behind(line_ends, last_ends));
    store(bits.twos, twos);
    store(bits.fours, fours);
    store(bits.eights, eights);
    const __m256i at_ends =
        _mm256_and_si256(line_ends, up<1>(sixteens, behind(sixteens, last_sixteens)));
    store(bits.sixteens, sixteens);
    store(bits.rows, _mm256_or_si256(long_rows, at_ends));
    store(bits.pairs, pairs);
    store(bits.steps, steps);
    store(bits.starts, _mm256_andnot_si256(after_one, alnum));
    store(bits.ends, _mm256_andnot_si256(after_end, line_ends));
  }
  // Words and line ends alone, in their order: after an end, two words each with an end behind.
  uint64_t last = bits.last_stops;
  for (size_t word = 1; word <= count; ++word) {
    const uint64_t ends = bits.ends.data()[word];
    uint64_t stops = ends | bits.starts.data()[word];
    const auto size = static_cast<unsigned>(_mm_popcnt_u64(stops));
    if (size < 60) [[likely]] {
      const uint64_t known = _pext_u64(ends, stops) << 4 | last >> 1;
      const uint64_t behind_word = known & ~(known << 1);
      const uint64_t two = (behind_word & behind_word << 2 & known << 4) >> 4;
      bits.lines.data()[word] = two == 0 ? 0 : _pdep_u64(two, stops);
      last = (known >> size & 0xf) << 1;
      continue;
    }
    uint64_t lines = 0;
    for (; stops != 0; stops &= stops - 1) {
      last = last >> 1 | ((ends & stops & -stops) != 0 ? 0b10000u : 0u);
      if (last == BlockBits::kTwoLines) lines |= stops & -stops;
    }
    bits.lines.data()[word] = lines;
  }
  bits.last_stops = last;
}

}  // namespace pushguard
#endif
