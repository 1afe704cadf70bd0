// SPDX-License-Identifier: Apache-2.0
// The hot loop of the search for encodings: reduces a content to bits, a bit for a byte, and
// reports the blocks of 64 bytes in which an encoding may be.
//
// Most blocks of source text have none of: 24 letters and digits in a row, two lines of one
// word each, pairs of letters at equal distances, the start of an escape. Vector
// instructions tell letters, line ends and starts; all else is done on words of 64 bits, which
// carry over from block to block, so that it does not matter where a block begins. Rejected:
// testing the alphabet of base64 16 bytes at a time (lines of less than 31 digits passed), and
// taking the letters together without what is between them (pext, a byte costs as much again).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pushguard {

// Bits stand for the bytes of the 64 from `position` on, the lowest for the first.
struct Block {
  size_t position;
  uint64_t marks;  // a mark (is_mark()) starts here
  uint64_t rows;   // 24 letters and digits end here, or 16 before this line end
  uint64_t lines;  // ends the second of two lines with one word each
  uint64_t pairs;  // stands behind three pairs of letters or digits, three or four bytes apart
  bool wide;       // every second byte of 16, and no other, is NUL

  friend bool operator==(const Block&, const Block&) = default;
};

// The bits of up to kMost blocks. Number 0 is of the block before them.
struct BlockBits {
  static constexpr size_t kMost = 16;
  using Words = std::array<uint64_t, kMost + 1>;

  Words alnum{}, line_ends{}, marks{};          // what bytes are
  Words twos{}, fours{}, eights{}, sixteens{};  // as many letters and digits end here
  Words pairs{}, by_three{}, by_four{};         // two with others on both sides; so far behind one
  Words rows{}, steps{}, lines{};               // as in Block; steps are its pairs
  Words starts{}, ends{};                       // of words; line ends that follow none
  // The last five of these, the newest in bit 4: 1 for a line end, 0 for a word.
  uint64_t last_stops = 0;

  // Of last_stops after two lines with one word each.
  static constexpr uint64_t kTwoLines = 0b10101;
  // The last of `count` words becomes number 0.
  void carry(size_t count);
};

class BlockFilter {
 public:
  // Of the bytes from `begin` to `end`; what crosses `begin` is not seen.
  BlockFilter(std::string_view content, size_t begin, size_t end);

  // Writes blocks that pass to `out`, which has room for BlockBits::kMost, and returns their
  // number; done() says whether there are more.
  size_t next(std::span<Block> out);
  // The same without vector instructions, for processors that have none of ours, and for tests.
  size_t portable_next(std::span<Block> out);
  bool done() const { return at_ >= end_; }

  static constexpr size_t kBlock = 64;

 private:
  // Says whether there is a NUL.
  using Fill = bool (*)(const char* text, size_t first, size_t last, BlockBits& bits);
  using Join = void (*)(size_t count, BlockBits& bits);
  size_t next_with(Fill fill, Join join, std::span<Block> out);
  bool keep(size_t word, bool has_zero, Block& block) const;

  std::string_view content_;
  size_t at_, end_;
  BlockBits bits_;
};

// The phases of base64 and hex in which all 16 bytes could be printable text, as bits of kRoles
// (codec/byte_kinds.h).
uint8_t block_phases(const char* block);

// Whether `c` and `next` can start: an escape of printable ASCII, a soft line end or an escape of
// quoted-printable, a line that goes on, "0x", a joint of two strings, or gzip ("H4") or zlib
// ("eJ") in base64.
bool is_mark(char c, char next);

}  // namespace pushguard
