// SPDX-License-Identifier: Apache-2.0
#include "decode/block_filter.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "codec/byte_kinds.h"
#include "vocabulary/processor.h"

namespace pushguard {

#if defined(__x86_64__)
bool avx2_fill(const char* text, size_t first, size_t last, BlockBits& bits);
void avx2_join(size_t count, BlockBits& bits);
#endif

namespace {

// What may stand behind the first byte of each kind of mark.
struct MarkKind {
  std::string_view firsts, seconds;
};
constexpr MarkKind kMarkKinds[] = {
    {"%=", "234567"}, {"=", "\n\r"}, {"\\", "xuU01/4567n\n\r"}, {"&", "#"}, {"H", "4"},
    {"e", "AFJN"},    {"0", "xX"},   {"\"'", " \n\r\"'+.&"},
};
using KindsOfBytes = std::array<uint8_t, 256>;
constexpr KindsOfBytes kinds_of(std::string_view MarkKind::*bytes) {
  KindsOfBytes kinds{};
  for (size_t i = 0; i < std::size(kMarkKinds); ++i) {
    for (const char c : kMarkKinds[i].*bytes) {
      kinds[static_cast<uint8_t>(c)] |= static_cast<uint8_t>(1u << i);
    }
  }
  return kinds;
}
constexpr KindsOfBytes kFirsts = kinds_of(&MarkKind::firsts),
                       kSeconds = kinds_of(&MarkKind::seconds);

// `bits` moved up, with the highest of the word before moved in.
uint64_t up(const BlockBits::Words& bits, size_t word, unsigned count) {
  return bits[word] << count | bits[word - 1] >> (64 - count);
}

bool portable_fill(const char* text, size_t first, size_t last, BlockBits& bits) {
  bool has_zero = false;
  for (size_t word = first; word <= last; ++word) {
    uint64_t alnum = 0, line_ends = 0, marks = 0;
    for (size_t i = 0; i < BlockFilter::kBlock; ++i, ++text) {
      const uint64_t bit = uint64_t{1} << i;
      if (is_alnum(*text)) alnum |= bit;
      if (*text == '\n' || *text == '\r') line_ends |= bit;
      if (is_mark(text[0], text[1])) marks |= bit;
    }
    bits.alnum[word] = alnum, bits.line_ends[word] = line_ends;
    bits.marks[word] = marks;
    has_zero = has_zero || std::memchr(text - BlockFilter::kBlock, 0, BlockFilter::kBlock);
  }
  return has_zero;
}

void portable_join(size_t count, BlockBits& bits) {
  for (size_t word = 1; word <= count; ++word) {
    const uint64_t alnum = bits.alnum[word];
    bits.twos[word] = alnum & up(bits.alnum, word, 1);
    bits.fours[word] = bits.twos[word] & up(bits.twos, word, 2);
    bits.eights[word] = bits.fours[word] & up(bits.fours, word, 4);
    bits.sixteens[word] = bits.eights[word] & up(bits.eights, word, 8);
    bits.rows[word] = (bits.sixteens[word] & up(bits.eights, word, 16)) |
                      (bits.line_ends[word] & up(bits.sixteens, word, 1));
    bits.pairs[word] = ~alnum & up(bits.twos, word, 1) & ~up(bits.alnum, word, 3);
    bits.by_three[word] = bits.pairs[word] & up(bits.pairs, word, 3);
    bits.by_four[word] = bits.pairs[word] & up(bits.pairs, word, 4);
    bits.steps[word] = (bits.by_three[word] & up(bits.by_three, word, 3)) |
                       (bits.by_four[word] & up(bits.by_four, word, 4));
    bits.starts[word] = alnum & ~up(bits.alnum, word, 1);
    const uint64_t ends = bits.line_ends[word] & ~up(bits.line_ends, word, 1);
    bits.lines[word] = 0;
    for (uint64_t stops = ends | bits.starts[word]; stops != 0; stops &= stops - 1) {
      const uint64_t is_end = (ends & stops & -stops) != 0 ? 0b10000 : 0;
      bits.last_stops = bits.last_stops >> 1 | is_end;
      if (bits.last_stops == BlockBits::kTwoLines) bits.lines[word] |= stops & -stops;
    }
  }
}

// Whether in 16 bytes every second one, and no other, is NUL.
bool has_wide(std::string_view block) {
  for (; block.size() >= 16; block.remove_prefix(16)) {
    const size_t first = block[0] == 0 ? 0 : 1;
    bool alternates = true;
    for (size_t i = 0; i < 16 && alternates; ++i) alternates = (block[i] == 0) == (i % 2 == first);
    if (alternates) return true;
  }
  return false;
}

}  // namespace

void BlockBits::carry(size_t count) {
  for (Words* words :
       {&alnum, &line_ends, &twos, &fours, &eights, &sixteens, &pairs, &by_three, &by_four}) {
    (*words)[0] = (*words)[count];
  }
}

bool is_mark(char c, char next) {
  return (kFirsts[static_cast<uint8_t>(c)] & kSeconds[static_cast<uint8_t>(next)]) != 0;
}

BlockFilter::BlockFilter(std::string_view content, size_t begin, size_t end)
    : content_(content), at_(begin), end_(end < content.size() ? end : content.size() + 1) {
  const bool begins_line = begin == 0 || content[begin - 1] == '\n' || content[begin - 1] == '\r';
  bits_.last_stops = begins_line ? 0b10000 : 0;
}

size_t BlockFilter::next(std::span<Block> out) {
#if defined(__x86_64__)
  if (has_vector_instructions()) return next_with(avx2_fill, avx2_join, out);
#endif
  return portable_next(out);
}

size_t BlockFilter::portable_next(std::span<Block> out) {
  return next_with(portable_fill, portable_join, out);
}

size_t BlockFilter::next_with(Fill fill, Join join, std::span<Block> out) {
  const size_t count = std::min((end_ - at_ + kBlock - 1) / kBlock, BlockBits::kMost);
  if (done() || count == 0) return 0;
  // A byte behind the last block is read as well.
  const size_t left = content_.size() - at_;
  const size_t whole = std::min(left > 0 ? (left - 1) / kBlock : 0, count);
  bool has_zero = fill(content_.data() + at_, 1, whole, bits_);
  if (whole < count) {
    char block[2 * kBlock + 1];
    const size_t begin = at_ + whole * kBlock;
    std::memset(block, ' ', sizeof block);
    std::memcpy(block, content_.data() + begin, content_.size() - begin);
    block[content_.size() - begin] = '\n';
    has_zero = fill(block, whole + 1, count, bits_) || has_zero;
  }
  join(count, bits_);
  size_t passed = 0;
  for (size_t word = 1; word <= count; ++word) {
    const uint64_t why =
        bits_.marks[word] | bits_.rows[word] | bits_.steps[word] | bits_.lines[word];
    if (why == 0 && !has_zero) [[likely]]
      continue;
    out[passed].position = at_ + (word - 1) * kBlock;
    if (keep(word, has_zero, out[passed])) ++passed;
  }
  bits_.carry(count);
  at_ += count * kBlock;
  return passed;
}

// Fills `block`, without what only looks like a mark. Whether there is anything in it.
bool BlockFilter::keep(size_t word, bool has_zero, Block& block) const {
  uint64_t marks = bits_.marks[word];
  for (uint64_t left = marks; left != 0; left &= left - 1) {
    const size_t at = block.position + static_cast<size_t>(std::countr_zero(left));
    if (at + 1 >= content_.size() || !is_mark(content_[at], content_[at + 1])) {
      marks &= ~(left & -left);
    }
  }
  block.marks = marks;
  block.rows = bits_.rows[word];
  block.lines = bits_.lines[word];
  block.pairs = bits_.steps[word];
  block.wide = has_zero && has_wide(content_.substr(block.position, kBlock));
  return (marks | block.rows | block.lines | block.pairs) != 0 || block.wide;
}

uint8_t block_phases(const char* block) {
  uint8_t fit = kBase64Phases | kHexPhases;
  for (size_t i = 0; i < 16 && fit != 0; ++i) {
    fit &= kRoles[i & 3][static_cast<uint8_t>(block[i])];
  }
  return fit;
}

}  // namespace pushguard
