// SPDX-License-Identifier: Apache-2.0
// The walk over one family of a pack: an object that is no delta, and all deltas that
// are made from it. Each is rebuilt once, bases before their deltas.
//
// Families share only the pack. Several are walked at once, by one walk for each thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "budget/memory.h"
#include "objects/delta_forest.h"
#include "objects/inflate.h"
#include "objects/limits.h"
#include "objects/object.h"
#include "objects/pack_file.h"
#include "objects/tree_entries.h"

namespace pushguard {

class FamilyWalk {
 public:
  // All references must outlive the walk. `first` is the order (Object::order) of the
  // pack's first entry. The walk holds what `memory`
  // allows: rebuilt objects, and what the visitor remembers of them.
  FamilyWalk(const PackFile& pack, const DeltaForest& forest, uint64_t first, const Limits& limits,
             Memory& memory, ObjectVisitor& visitor);

  // Passes each entry of the family to the visitor once: as an object (a large blob in
  // parts) or as Unscanned. Stops between two objects when time runs out.
  void walk(uint32_t root);
  // The number of entries passed to the visitor so far, by the type of their family.
  const CountByType& reported() const { return reported_; }

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
    EntryPlaces entries;  // only for a tree that has deltas
    std::unique_ptr<Remembered> remembered;
    uint64_t remembered_bytes = 0;
    bool forgotten = false;  // it did not fit: deltas of this object are visited whole
  };

  bool stream(uint32_t entry);
  Buffer whole(uint32_t entry);
  Buffer delta(uint32_t entry, ObjectType type, const Buffer& base);
  Buffer allocate(uint64_t size);
  void release(Buffer& buffer);
  void release(Frame& frame);
  // Rebuilds frame.entry from `base`, which is null for an entry that is no delta, and
  // passes it to the visitor. Returns false after abandon().
  bool visit(Frame& frame, ObjectType type, const Frame* base);
  // Reports the entry and everything made from it as Unscanned.
  void abandon(uint32_t entry, ObjectType type, Cause cause, std::string detail);
  // The size of the object, which for a delta is what it says; 0 if it says nothing.
  uint64_t claimed_size(uint32_t entry) const;

  const PackFile& pack_;
  const DeltaForest& forest_;
  const uint64_t first_;
  const Limits& limits_;
  MemoryShare memory_;
  ObjectVisitor& visitor_;
  Inflater inflater_;
  std::vector<Copy> copies_;
  CountByType reported_{};
};

}  // namespace pushguard
