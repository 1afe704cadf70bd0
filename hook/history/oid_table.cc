// SPDX-License-Identifier: Apache-2.0
#include "history/oid_table.h"

#include <cstring>

namespace pushguard {

size_t OidTable::slot(const Oid& id, uint64_t hash) const {
  const uint32_t mask = this->mask();
  size_t place = hash & mask;
  const auto is_id = [&](uint32_t slot) {
    return ((slot ^ tag(hash)) & ~mask) == 0 &&
           std::memcmp(at((slot & mask) - 1), id.bytes.data(), hash_size_) == 0;
  };
  while (slots_[place] != 0 && !is_id(slots_[place])) place = (place + 1) & mask;
  return place;
}

void OidTable::grow() {
  slots_.assign(slots_.empty() ? 64 : 2 * slots_.size(), 0);
  for (uint32_t number = 0; number < count_; ++number) {
    const Oid id = (*this)[number];
    const uint64_t hash = hash_of(id);
    slots_[slot(id, hash)] = (tag(hash) & ~mask()) | (number + 1);
  }
}

uint32_t OidTable::add(const Oid& id) {
  if (slots_.size() * 3 <= size_t{count_} * 4) grow();
  const uint64_t hash = hash_of(id);
  uint32_t& place = slots_[slot(id, hash)];
  if (place != 0) return (place & mask()) - 1;
  if (count_ % kInBlock == 0) {
    blocks_.push_back(std::make_unique_for_overwrite<uint8_t[]>(kInBlock * hash_size_));
  }
  std::memcpy(&blocks_[count_ / kInBlock][count_ % kInBlock * hash_size_], id.bytes.data(),
              hash_size_);
  place = (tag(hash) & ~mask()) | ++count_;
  return count_ - 1;
}

std::optional<uint32_t> OidTable::find(const Oid& id) const {
  if (id.size != hash_size_ || slots_.empty()) return std::nullopt;
  const uint32_t place = slots_[slot(id, hash_of(id))];
  return place == 0 ? std::nullopt : std::optional((place & mask()) - 1);
}

}  // namespace pushguard
