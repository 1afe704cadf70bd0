// SPDX-License-Identifier: Apache-2.0
// One family of a pack: an object that is no delta, and all that are made from
// it, each rebuilt once, bases before their deltas.
//
// Families share nothing but the pack, so several are walked at once, each
// thread with a walk of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "objects/delta_forest.h"
#include "objects/inflate.h"
#include "objects/limits.h"
#include "objects/object.h"
#include "objects/pack_file.h"
#include "objects/tree_entries.h"

namespace pushguard {

class FamilyWalk {
 public:
  // What is referred to must outlive the walk. `first` is the order of the
  // pack's first object; `memory_bytes` is what this walk may hold at once.
  FamilyWalk(const PackFile& pack, const DeltaForest& forest, uint64_t first, const Limits& limits,
             uint64_t memory_bytes, ObjectVisitor& visitor);

  // Each entry of the family arrives at the visitor once, as an object (a large
  // blob in parts) or as unscanned. Stops between two objects when time is out.
  void walk(uint32_t root);
  // Entries that have arrived.
  uint64_t reported() const { return reported_; }

 private:
  struct Buffer {
    std::unique_ptr<uint8_t[]> bytes;
    size_t size = 0;
    std::span<const uint8_t> view() const { return {bytes.get(), size}; }
  };
  struct Frame {
    uint32_t entry = 0;
    uint32_t next_child = 0;
    Buffer content;
    EntryPlaces entries;  // of a tree that has deltas
    std::unique_ptr<Remembered> remembered;
  };

  bool stream(uint32_t entry);
  Buffer whole(uint32_t entry);
  Buffer delta(uint32_t entry, ObjectType type, const Buffer& base);
  Buffer allocate(uint64_t size);
  void release(Buffer& buffer);
  // Rebuilds frame.entry from `base` (null: it is whole) and hands it to the
  // visitor; false when it had to be abandoned with everything made from it.
  bool visit(Frame& frame, ObjectType type, const Frame* base);
  void abandon(uint32_t entry, ObjectType type, Why why, std::string detail);

  const PackFile& pack_;
  const DeltaForest& forest_;
  const uint64_t first_;
  const Limits& limits_;
  const uint64_t memory_bytes_;
  ObjectVisitor& visitor_;
  Inflater inflater_;
  std::vector<Copy> copies_;
  uint64_t held_bytes_ = 0;
  uint64_t reported_ = 0;
};

}  // namespace pushguard
