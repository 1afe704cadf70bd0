// Every object of one pack, each rebuilt once, bases before their deltas.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "objects/delta_forest.h"
#include "objects/inflate.h"
#include "objects/limits.h"
#include "objects/object.h"
#include "objects/pack_file.h"

namespace pushguard {

class PackWalk {
 public:
  // All three must outlive the walk.
  PackWalk(const PackFile& pack, const Limits& limits, ObjectVisitor& visitor);

  // Each entry of the pack arrives at the visitor exactly once, as an object or
  // as unscanned - but when time runs out, one Unscanned stands for the rest.
  void run();

 private:
  struct Buffer {
    std::unique_ptr<uint8_t[]> bytes;
    size_t size = 0;
    std::span<const uint8_t> view() const { return {bytes.get(), size}; }
  };
  struct Frame {
    uint32_t entry;
    uint32_t next_child;
    Buffer content;
  };

  void walk_tree(uint32_t root);
  Buffer whole(uint32_t entry);
  Buffer delta(uint32_t entry, const Buffer& base);
  Buffer allocate(uint64_t size);
  void release(Buffer& buffer);
  // Runs `rebuild`, hands the object to the visitor; false when it had to be
  // abandoned with everything that is a delta of it.
  template <typename Rebuild>
  bool visit(uint32_t entry, ObjectType type, Rebuild rebuild, Buffer& content);
  void abandon(uint32_t entry, ObjectType type, Why why, std::string detail);

  const PackFile& pack_;
  const Limits& limits_;
  ObjectVisitor& visitor_;
  DeltaForest forest_;
  Inflater inflater_;
  uint64_t held_bytes_ = 0;
  uint64_t reported_ = 0;
};

}  // namespace pushguard
