// SPDX-License-Identifier: Apache-2.0
#include "objects/pack_index.h"

#include <endian.h>

#include <cstring>

#include "objects/byte_reader.h"

namespace pushguard {
namespace {

constexpr uint32_t kMagic = 0xff744f63;  // "\377tOc"

uint32_t be32_at(std::span<const uint8_t> table, size_t index) {
  return ByteReader(table.subspan(4 * index, 4)).be32();
}

// Whether the id at one position sorts before the id at the next.
uint64_t start_of(const uint8_t* id) {
  uint64_t start;
  std::memcpy(&start, id, sizeof start);
  return be64toh(start);
}

}  // namespace

PackIndex::PackIndex(std::span<const uint8_t> file, size_t hash_size) : hash_size_(hash_size) {
  ByteReader reader(file);
  if (reader.be32() != kMagic || reader.be32() != 2) throw Damaged("not a version 2 pack index");
  fanout_ = reader.take(4 * 256);
  for (size_t i = 1; i < 256; ++i) {
    if (be32_at(fanout_, i) < be32_at(fanout_, i - 1)) {
      throw Damaged("the pack index's fan-out table is not in order");
    }
  }
  count_ = be32_at(fanout_, 255);
  oids_ = reader.take(size_t{count_} * hash_size);
  uint64_t before = 0;
  for (uint32_t i = 0; i < count_; ++i) {
    const uint8_t* id = &oids_[i * hash_size];
    const uint64_t start = start_of(id);
    // Ids that start with the same eight bytes are rare.
    if (start < before ||
        (start == before && i > 0 && std::memcmp(id - hash_size, id, hash_size) > 0)) {
      throw Damaged("the pack index's ids are not in order");
    }
    before = start;
  }
  reader.take(size_t{count_} * 4);  // CRC-32 of each entry, for repacking only
  offsets_ = reader.take(size_t{count_} * 4);
  if (reader.left() < 2 * hash_size) throw Damaged("the pack index ends too early");
  large_offsets_ = reader.take(reader.left() - 2 * hash_size);
  if (large_offsets_.size() % 8 != 0) throw Damaged("the pack index has an odd size");
}

uint64_t PackIndex::offset(uint32_t position) const {
  const uint32_t small = be32_at(offsets_, position);
  if (!(small & 0x80000000u)) return small;
  const size_t large = small & 0x7fffffffu;
  if (large >= large_offsets_.size() / 8) throw Damaged("the pack index names no such offset");
  return ByteReader(large_offsets_.subspan(8 * large, 8)).be64();
}

std::optional<uint32_t> PackIndex::find(const Oid& oid) const {
  if (oid.size != hash_size_) return std::nullopt;
  const uint8_t first = oid.bytes[0];
  uint32_t low = first == 0 ? 0 : be32_at(fanout_, first - 1);
  uint32_t high = be32_at(fanout_, first);
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const int order =
        std::memcmp(&oids_[size_t{middle} * hash_size_], oid.bytes.data(), hash_size_);
    if (order == 0) return middle;
    (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
  }
  return std::nullopt;
}

}  // namespace pushguard
