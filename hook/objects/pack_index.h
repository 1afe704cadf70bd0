// SPDX-License-Identifier: Apache-2.0
// A pack's .idx file, version 2 (gitformat-pack(5)), with SHA-1 or SHA-256 ids.
//
// The constructor checks the size and the order of the fan-out table and of the ids.
// Version 1 is not read: git writes it only when configured to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "vocabulary/oid.h"

namespace pushguard {

class PackIndex {
 public:
  // `file` must outlive the index; `hash_size` is 20 or 32. Throws Damaged.
  PackIndex(std::span<const uint8_t> file, size_t hash_size);

  uint32_t count() const { return count_; }
  Oid oid(uint32_t position) const {
    return Oid::from_raw(oids_.subspan(size_t{position} * hash_size_, hash_size_));
  }
  // The entry's offset in the pack, in bytes. Throws Damaged.
  uint64_t offset(uint32_t position) const;
  std::optional<uint32_t> find(const Oid& oid) const;

 private:
  size_t hash_size_;
  uint32_t count_ = 0;
  std::span<const uint8_t> fanout_, oids_, offsets_, large_offsets_;
};

}  // namespace pushguard
