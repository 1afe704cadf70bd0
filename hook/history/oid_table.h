// SPDX-License-Identifier: Apache-2.0
// Distinct object ids, numbered from 0 in the order in which they were added.
//
// A pushed history has hundreds of thousands. Their bytes are stored without padding; other
// facts about them are kept in arrays indexed by their number. A pusher can write any bytes
// as ids into a tree, so the hash has a secret key.
//
//   slots_    open addressing; an entry is 0, or 1 + the id's number in the low bits with
//             bits of its hash above them, so that most other ids need not be fetched
//   blocks_   kInBlock ids each, hash_size bytes an id
//
// Rejected: std::unordered_map (three times the memory).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "vocabulary/keyed_hash.h"
#include "vocabulary/oid.h"

namespace pushguard {

class OidTable {
 public:
  // `hash_size` is 20 or 32; ids of another size are never found.
  explicit OidTable(size_t hash_size) : hash_size_(hash_size) {}

  // The number of `id`, which is added if it is new. Its size must be `hash_size`.
  uint32_t add(const Oid& id);
  std::optional<uint32_t> find(const Oid& id) const;
  Oid operator[](uint32_t number) const { return Oid::from_raw({at(number), hash_size_}); }
  uint32_t size() const { return count_; }
  size_t hash_size() const { return hash_size_; }
  const KeyedHash& hash() const { return hash_; }

 private:
  static constexpr uint32_t kInBlock = 1 << 12;

  const uint8_t* at(uint32_t number) const {
    return &blocks_[number / kInBlock][number % kInBlock * hash_size_];
  }
  uint32_t mask() const { return static_cast<uint32_t>(slots_.size() - 1); }
  uint64_t hash_of(const Oid& id) const {
    return hash_({reinterpret_cast<const char*>(id.bytes.data()), id.size});
  }
  // The part of a hash that does not decide the slot.
  static uint32_t tag(uint64_t hash) { return static_cast<uint32_t>(hash >> 32); }
  // The position in slots_ of the id, or that at which it would be added.
  size_t slot(const Oid& id, uint64_t hash) const;
  void grow();

  size_t hash_size_;
  KeyedHash hash_;
  uint32_t count_ = 0;
  std::vector<std::unique_ptr<uint8_t[]>> blocks_;  // of ids
  // See above; the size is a power of two.
  std::vector<uint32_t> slots_;
};

}  // namespace pushguard
