// SPDX-License-Identifier: Apache-2.0
// A pack and its index, mapped into memory, with the header of every entry checked.
//
// Entries are numbered by ascending offset. PackEntry::base of a delta is the number of its
// base, even where the pack names the base by id. Nothing is inflated here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "objects/byte_reader.h"
#include "objects/mapped_file.h"
#include "objects/object.h"
#include "objects/pack_index.h"

namespace pushguard {

struct PackEntry {
  static constexpr uint32_t kWhole = 0xffffffff;    // not a delta
  static constexpr uint32_t kMissing = 0xfffffffe;  // its base is not in this pack
  static constexpr uint64_t kMostOffset = (uint64_t{1} << 48) - 1;

  uint64_t offset : 48 = 0;  // of the entry's header, from the start of the pack
  uint64_t header_size : 8 = 0;
  uint64_t type_number : 8 = 0;
  uint32_t index_position = 0;  // in the .idx
  uint32_t base = kWhole;       // entry number

  // Whether no entry of this pack is its base: it is no delta, or its base is missing.
  bool is_root() const { return base >= kMissing; }
  // `unknown` for a delta.
  ObjectType type() const { return static_cast<ObjectType>(type_number); }
};
static_assert(sizeof(PackEntry) == 16);  // a history has millions of them

class PackFile {
 public:
  // `hash_size` is 20 or 32. Throws Damaged when a file does not follow gitformat-pack(5) or
  // the two do not match, Error when one cannot be read.
  PackFile(const std::filesystem::path& pack, const std::filesystem::path& index, size_t hash_size);

  const std::vector<PackEntry>& entries() const { return entries_; }
  Oid oid(const PackEntry& entry) const { return index_.oid(entry.index_position); }
  // The ids in ascending order, by their position.
  Oid sorted_oid(uint32_t position) const { return index_.oid(position); }
  bool contains(const Oid& id) const { return index_.find(id).has_value(); }
  // The inflated size in bytes; for a delta, that of its instructions.
  uint64_t size(const PackEntry& entry) const;
  // The zlib stream of entry `number`; it may be followed by other bytes.
  std::span<const uint8_t> stream(uint32_t number) const;

 private:
  void number_entries();
  Damaged misplaced(uint32_t index_position) const;
  // `by_index` maps a position in the index to an entry number.
  void read_header(uint32_t number, uint64_t end, std::span<const uint32_t> by_index);
  // The number of the entry at `offset`, which is smaller than that of `number`. Throws
  // Damaged when no entry starts there.
  uint32_t entry_before(uint32_t number, uint64_t offset) const;

  MappedFile pack_, index_file_;
  PackIndex index_;
  size_t hash_size_;
  uint64_t end_ = 0;  // where the trailing hash starts
  std::vector<PackEntry> entries_;
};

}  // namespace pushguard
