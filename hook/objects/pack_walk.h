// SPDX-License-Identifier: Apache-2.0
// The walk over all objects of one pack: each is rebuilt once, bases before their deltas.
//
// Families (family_walk.h) are walked in parallel, by one thread for each visitor.
#pragma once

#include <functional>
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
  bool contains(const Oid& id) const { return pack_.contains(id); }
  // The ids in ascending order, by a position below size().
  Oid sorted_oid(uint32_t position) const { return pack_.sorted_oid(position); }

  // Passes each entry whose type is in `types` to exactly one of the visitors, once: as an
  // object or as Unscanned. When time runs out, one Unscanned for each type reports all the rest.
  // Each visitor is called by one thread; what it throws is rethrown here. `first` is the
  // order (Object::order) of the pack's first entry. Families of which `is_left_out` returns true
  // for every entry are not rebuilt, and nothing of them is passed; several threads call it.
  using IsLeftOut = std::function<bool(const Oid&)>;
  void run(const Limits& limits, uint64_t first, std::span<ObjectVisitor* const> visitors,
           ObjectTypes types = kAllTypes, const IsLeftOut& is_left_out = {}) const;

 private:
  CountByType count(ObjectTypes types) const;
  // The number of entries of the family of `root`; 0 when not all of them are left out.
  uint64_t count_left_out(uint32_t root, const IsLeftOut& is_left_out) const;

  const PackFile pack_;
  const DeltaForest forest_;
};

}  // namespace pushguard
