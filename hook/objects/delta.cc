// SPDX-License-Identifier: Apache-2.0
#include "objects/delta.h"

#include <cstring>

namespace pushguard {

DeltaHeader read_delta_header(ByteReader& delta) {
  DeltaHeader header;
  header.base_size = delta.little_varint();
  header.target_size = delta.little_varint();
  return header;
}

namespace {

// May read and write up to kSlack - 1 bytes too many. They are slack, or the next
// instruction overwrites them.
[[gnu::always_inline]] inline void copy_bytes(uint8_t* to, const uint8_t* from, size_t size) {
  constexpr size_t kFew = 4 * kSlack;
  if (size > kFew) {
    std::memcpy(to, from, size);
    return;
  }
  for (size_t done = 0; done < size; done += kSlack) std::memcpy(to + done, from + done, kSlack);
}

}  // namespace

void apply_delta(std::span<const uint8_t> instructions, std::span<const uint8_t> base,
                 std::span<uint8_t> target, size_t shortest, std::vector<Copy>& copies) {
  const uint8_t *at = instructions.data(), *end = at + instructions.size();
  size_t filled = 0;
  Copy last;
  const auto keep_last = [&] {
    if (last.size >= shortest) copies.push_back(last);
  };
  copies.clear();
  while (at != end) {
    const uint8_t code = *at++;
    const uint8_t* from;
    size_t size;
    if (code & 0x80) {
      // The set of size and offset bytes varies from copy to copy: branches on it would be
      // mispredicted.
      size_t fields[7];
      for (int i = 0; i < 7; ++i) {
        const size_t bit = code >> i & 1u;
        fields[i] = *at & (0 - bit);
        at += bit;
      }
      if (at > end) throw Damaged("data ends too early");
      const size_t offset = fields[0] | fields[1] << 8 | fields[2] << 16 | fields[3] << 24;
      size = fields[4] | fields[5] << 8 | fields[6] << 16;
      if (size == 0) size = 0x10000;
      if (offset > base.size() || size > base.size() - offset) {
        throw Damaged("a delta copies from outside its base");
      }
      from = base.data() + offset;
      if (last.end() == filled && last.base + last.size == offset && last.size > 0) {
        last.size += size;
      } else {
        keep_last();
        last = {filled, offset, size};
      }
    } else {
      if (code == 0) throw Damaged("a delta has an instruction that git reserves");
      size = code;
      from = at;
      if (size > static_cast<size_t>(end - at)) throw Damaged("data ends too early");
      at += size;
    }
    if (size > target.size() - filled) throw Damaged("a delta makes more than it says");
    copy_bytes(target.data() + filled, from, size);
    filled += size;
  }
  if (filled != target.size()) throw Damaged("a delta makes less than it says");
  keep_last();
}

}  // namespace pushguard
