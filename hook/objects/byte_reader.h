// SPDX-License-Identifier: Apache-2.0
// Reads numbers from the binary formats of packs, indexes, deltas and archives.
//
// Every read is checked: past the end it throws Damaged, and so does a number that is too large
// for its type. A caller must not compute with a length that was not read here.
#pragma once

#include <cstdint>
#include <span>

#include "vocabulary/error.h"

namespace pushguard {

// The pushed bytes do not follow git's formats.
class Damaged : public Error {
 public:
  using Error::Error;
};

class ByteReader {
 public:
  explicit ByteReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  size_t position() const { return position_; }
  size_t left() const { return bytes_.size() - position_; }
  bool done() const { return left() == 0; }

  uint8_t u8() { return take(1)[0]; }

  uint32_t be32() {
    const auto b = take(4);
    return uint32_t{b[0]} << 24 | uint32_t{b[1]} << 16 | uint32_t{b[2]} << 8 | b[3];
  }

  uint64_t be64() {
    const uint64_t high = be32();
    return high << 32 | be32();
  }

  uint16_t le16() {
    const auto b = take(2);
    return static_cast<uint16_t>(b[0] | b[1] << 8);
  }

  uint32_t le32() {
    const uint32_t low = le16();
    return uint32_t{le16()} << 16 | low;
  }

  uint64_t le64() {
    const uint64_t low = le32();
    return uint64_t{le32()} << 32 | low;
  }

  std::span<const uint8_t> take(size_t count) {
    if (count > left()) throw Damaged("data ends too early");
    const auto part = bytes_.subspan(position_, count);
    position_ += count;
    return part;
  }

  // A number of seven bits per byte, the least significant first: sizes in packs and deltas
  // (gitformat-pack(5)). `value` is what the caller has read of it: its lowest `shift` bits.
  uint64_t little_varint(uint64_t value = 0, unsigned shift = 0) {
    for (;;) {
      const uint8_t byte = u8();
      if (shift > 63 || (uint64_t{byte & 0x7fu} << shift) >> shift != (byte & 0x7fu)) {
        throw Damaged("a size is too large");
      }
      value |= uint64_t{byte & 0x7fu} << shift;
      if (!(byte & 0x80)) return value;
      shift += 7;
    }
  }

  // The offset of an OBJ_OFS_DELTA's base, backwards from the delta (gitformat-pack(5)):
  // most significant bits first; each continued byte adds one.
  uint64_t offset_varint() {
    uint8_t byte = u8();
    uint64_t value = byte & 0x7f;
    while (byte & 0x80) {
      if (value >= (uint64_t{1} << 56)) throw Damaged("a delta's base offset is too large");
      byte = u8();
      value = ((value + 1) << 7) | (byte & 0x7f);
    }
    return value;
  }

 private:
  std::span<const uint8_t> bytes_;
  size_t position_ = 0;
};

}  // namespace pushguard
