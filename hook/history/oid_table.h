// SPDX-License-Identifier: Apache-2.0
// Object ids, each once, numbered from 0 in the order in which they came.
//
// A pushed history has hundreds of thousands: their bytes stand together without
// padding, and what else is known of them is kept in arrays by number. Ids that a
// pusher wrote into a tree may be any bytes, so the hash has a key that nobody
// knows. Rejected: std::unordered_map (three times the memory).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "vocabulary/oid.h"

namespace pushguard {

// SipHash-2-4 under a key of this process: the same bytes give the same number,
// others as good as never, and which number cannot be foreseen.
class KeyedHash {
 public:
  KeyedHash();
  uint64_t operator()(std::string_view bytes) const;
  uint64_t operator()(const Oid& id) const;

 private:
  std::array<uint8_t, 16> key_;
};

class OidTable {
 public:
  // `hash_size` is 20 or 32; ids of another size are never found.
  explicit OidTable(size_t hash_size) : hash_size_(hash_size) {}

  // Its number, a new one if need be. The id must be of the table's size.
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
  // What of a hash is not its place: most ids that differ are told apart by it, and
  // not fetched.
  static uint32_t tag(uint64_t hash) { return static_cast<uint32_t>(hash >> 32); }
  // Where the id's number is in slots_, or would be.
  size_t slot(const Oid& id, uint64_t hash) const;
  void grow();

  size_t hash_size_;
  KeyedHash hash_;
  uint32_t count_ = 0;
  std::vector<std::unique_ptr<uint8_t[]>> blocks_;  // of ids
  // 1 + number, and of the hash's tag what is left of 32 bits, or 0; a power of two.
  std::vector<uint32_t> slots_;
};

}  // namespace pushguard
