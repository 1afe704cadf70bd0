// SPDX-License-Identifier: Apache-2.0
// The walk over everything that a push brings: all packs and loose objects in the
// quarantine, of every type, reachable or not.
//
// Rejected: walking commits from the pushed refs. Git stores unreachable objects as well,
// and anyone who knows an id can fetch the object.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class PackWalk;

class Quarantine {
 public:
  // `directory` is an object directory, `hash_size` 20 or 32.
  Quarantine(std::filesystem::path directory, size_t hash_size);
  ~Quarantine();

  // Passes the objects whose type is in `types` to the visitors, in the same order at each
  // call; twice when git stored an object twice. Large packs are walked by one thread for
  // each visitor (one or more); one visitor may be listed several times. An object that
  // cannot be read is passed as Unscanned; so is a pack that cannot be opened, when
  // `types` contains `unknown`. Throws Error when the directory cannot be listed.
  void visit(const Limits& limits, std::span<ObjectVisitor* const> visitors,
             ObjectTypes types = kAllTypes);
  void visit(const Limits& limits, ObjectVisitor& visitor) {
    ObjectVisitor* const only = &visitor;
    visit(limits, std::span(&only, 1));
  }
  // Whether it has the object; packs count once they were visited.
  bool contains(const Oid& id) const;
  // How many objects it has, known once all types were visited: in packs, and loose. A pack that
  // cannot be opened counts as one.
  uint64_t size() const;
  // Whether the push is in packs only, as git leaves large pushes. Types can then be
  // visited one after the other without reading anything twice.
  bool is_packed() const;

 private:
  uint64_t visit_pack(const std::string& name, const Limits& limits, uint64_t first,
                      std::span<ObjectVisitor* const> visitors, ObjectTypes types);

  const std::filesystem::path directory_;
  const size_t hash_size_;
  std::map<std::string, std::unique_ptr<PackWalk>> packs_;  // read so far, by name
  uint64_t loose_ = 0;
};

}  // namespace pushguard
