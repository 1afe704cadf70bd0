// SPDX-License-Identifier: Apache-2.0
// The hot loop of the search for encodings: which 16-byte blocks of a content
// could hold a piece of one.
//
// Nearly all blocks of source text have a space or punctuation and no sign of an
// escape, which a handful of vector instructions tell. Rejected: asking for the
// alphabet of base64 alone (every path and every picture in base64 passes); what
// passes here can be base64 or hex of printable ASCII throughout the block, which
// takes nearly all of them out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pushguard {

// Why a block passes; bits 0 to 5 are phases, as in kRoles, counted from the
// block's first byte.
inline constexpr uint8_t kMarkBlock = 0x40;  // starts an escape, a line end, or base64 of gzip
inline constexpr uint8_t kWideBlock = 0x80;  // every second byte, and no other, is NUL

struct Block {
  size_t position;
  uint8_t why;

  friend bool operator==(const Block&, const Block&) = default;
};

// Looks at blocks from `begin` on, one behind the other, until one starts at
// `end` or behind it or `out` is full; returns how many passed and sets `begin`
// to where to go on. What the content lacks of the last block counts as spaces.
size_t filter_blocks(std::string_view content, size_t& begin, size_t end, std::span<Block> out);
// The same by each way to do it; the second asks for SSE2, or is the first.
size_t portable_filter_blocks(std::string_view content, size_t& begin, size_t end,
                              std::span<Block> out);
size_t sse2_filter_blocks(std::string_view content, size_t& begin, size_t end,
                          std::span<Block> out);

// The phases of base64 and hex in which all 16 bytes could be printable text.
uint8_t block_phases(const char* block);
// Whether one of the 16 bytes is the first of a mark; 17 are readable.
bool has_mark(const char* block);

// Whether the two bytes start an escape whose value is printable ASCII (the
// third byte is not asked), a line end or "=3D" of quoted-printable, or "H4sI",
// which is how base64 of gzip starts.
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
