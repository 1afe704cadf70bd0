// Every object of one pack, each rebuilt once, bases before their deltas;
// families of deltas at once on as many threads as there are visitors.
#pragma once

#include <span>

#include "objects/delta_forest.h"
#include "objects/limits.h"
#include "objects/object.h"
#include "objects/pack_file.h"

namespace pushguard {

class PackWalk {
 public:
  // Both must outlive the walk. `first` is the order of the pack's first object.
  PackWalk(const PackFile& pack, const Limits& limits, uint64_t first)
      : pack_(pack), limits_(limits), first_(first), forest_(pack.entries()) {}

  // Each entry of the pack that is of one of the types arrives at one of the
  // visitors exactly once, as an object or as unscanned - but when time runs out,
  // one Unscanned stands for the rest. Each visitor is called by one thread. What a visitor throws is
  // thrown on.
  void run(std::span<ObjectVisitor* const> visitors, ObjectTypes types = kAllTypes);

 private:
  const PackFile& pack_;
  const Limits& limits_;
  const uint64_t first_;
  DeltaForest forest_;
};

}  // namespace pushguard
