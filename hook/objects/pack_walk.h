// SPDX-License-Identifier: Apache-2.0
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
  // Throws as PackFile does.
  PackWalk(const std::filesystem::path& pack, const std::filesystem::path& index, size_t hash_size)
      : pack_(pack, index, hash_size), forest_(pack_.entries()) {}

  size_t size() const { return pack_.entries().size(); }

  // Each entry of the pack that is of one of the types arrives at one of the
  // visitors exactly once, as an object or as unscanned - but when time runs out,
  // one Unscanned stands for the rest. Each visitor is called by one thread. What
  // a visitor throws is thrown on. `first` is the order of the pack's first object.
  void run(const Limits& limits, uint64_t first, std::span<ObjectVisitor* const> visitors,
           ObjectTypes types = kAllTypes) const;

 private:
  uint64_t count(ObjectTypes types) const;

  const PackFile pack_;
  const DeltaForest forest_;
};

}  // namespace pushguard
