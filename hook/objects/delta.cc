#include "objects/delta.h"

#include <cstring>

namespace pushguard {

DeltaHeader read_delta_header(ByteReader& delta) {
  DeltaHeader header;
  header.base_size = delta.little_varint();
  header.target_size = delta.little_varint();
  return header;
}

void apply_delta(ByteReader& delta, std::span<const uint8_t> base, std::span<uint8_t> target,
                 std::vector<Copy>* copies) {
  size_t filled = 0;
  if (copies) copies->clear();
  while (!delta.done()) {
    const uint8_t instruction = delta.u8();
    std::span<const uint8_t> part;
    if (instruction & 0x80) {
      size_t offset = 0, size = 0;
      for (int i = 0; i < 4; ++i) {
        if (instruction & (1 << i)) offset |= size_t{delta.u8()} << (8 * i);
      }
      for (int i = 0; i < 3; ++i) {
        if (instruction & (0x10 << i)) size |= size_t{delta.u8()} << (8 * i);
      }
      if (size == 0) size = 0x10000;
      if (offset > base.size() || size > base.size() - offset) {
        throw Damaged("a delta copies from outside its base");
      }
      part = base.subspan(offset, size);
      if (copies) {
        const bool joins = !copies->empty() && copies->back().end() == filled &&
                           copies->back().base + copies->back().size == offset;
        if (joins) copies->back().size += size;
        else copies->push_back({filled, offset, size});
      }
    } else {
      if (instruction == 0) throw Damaged("a delta has an instruction that git reserves");
      part = delta.take(instruction);
    }
    if (part.size() > target.size() - filled) throw Damaged("a delta makes more than it says");
    std::memcpy(target.data() + filled, part.data(), part.size());
    filled += part.size();
  }
  if (filled != target.size()) throw Damaged("a delta makes less than it says");
}

}  // namespace pushguard
