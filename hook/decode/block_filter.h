// SPDX-License-Identifier: Apache-2.0
// The hot loop of the search for encodings: selects the 16-byte blocks of a content that
// may contain a piece of encoded text.
//
// Nearly all blocks of source text have a space or punctuation and no start of an escape; a
// few vector instructions detect that. A block of digits passes only when all of it can be
// base64 or hex of printable ASCII. Rejected: testing for the base64 alphabet alone (every
// path and every picture in base64 would pass).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pushguard {

// Why a block passes, as bits. Bits 0 to 5 are phases as in kRoles (codec/byte_kinds.h),
// counted from the block's first byte.
inline constexpr uint8_t kMarkBlock = 0x40;  // starts an escape, a line end, or base64 of gzip
inline constexpr uint8_t kWideBlock = 0x80;  // every second byte, and no other, is NUL

struct Block {
  size_t position;
  uint8_t why;

  friend bool operator==(const Block&, const Block&) = default;
};

// Tests consecutive blocks from `begin` on until `end` or until `out` is full. Writes those
// that pass to `out` and returns their number; sets `begin` to where the next call goes
// on. A last block that is shorter is padded with spaces.
size_t filter_blocks(std::string_view content, size_t& begin, size_t end, std::span<Block> out);
// The implementations of it. Without SSE2 the second is the same as the first.
size_t portable_filter_blocks(std::string_view content, size_t& begin, size_t end,
                              std::span<Block> out);
size_t sse2_filter_blocks(std::string_view content, size_t& begin, size_t end,
                          std::span<Block> out);

// The phases of base64 and hex in which all 16 bytes could be printable text.
uint8_t block_phases(const char* block);
// Whether a mark (is_mark()) starts in the block; 17 bytes must be readable.
bool has_mark(const char* block);

// Whether `c` and `next` can start an escape of printable ASCII (its third byte is not
// tested), a soft line end or "=3D" of quoted-printable, or "H4sI", the start of a gzip
// member in base64.
constexpr bool is_mark(char c, char next) {
  switch (c) {
    case '%': return next >= '2' && next <= '7';
    case '\\': return next == 'u' || next == 'x' || next == '/';
    case '=': return next == '\n' || next == '\r';
    case '3': return next == 'D';
    case 'H': return next == '4';
    default: return false;
  }
}

}  // namespace pushguard
