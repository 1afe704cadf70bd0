// SPDX-License-Identifier: Apache-2.0
// A pack's .idx file, version 2 (gitformat-pack), of either hash.
//
// Everything is checked when it is opened: sizes, the fan-out table's order,
// the ids' order. Version 1 is not read: git writes it only when asked to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "vocabulary/oid.h"

namespace pushguard {

class PackIndex {
 public:
  // `file` must outlive the index. Throws Damaged.
  PackIndex(std::span<const uint8_t> file, size_t hash_size);

  uint32_t count() const { return count_; }
  Oid oid(uint32_t position) const {
    return Oid::from_raw(oids_.subspan(size_t{position} * hash_size_, hash_size_));
  }
  // Bytes from the start of the pack. Throws Damaged.
  uint64_t offset(uint32_t position) const;
  std::optional<uint32_t> find(const Oid& oid) const;

 private:
  size_t hash_size_;
  uint32_t count_ = 0;
  std::span<const uint8_t> fanout_, oids_, offsets_, large_offsets_;
};

}  // namespace pushguard
