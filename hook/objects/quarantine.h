// SPDX-License-Identifier: Apache-2.0
// The walk over everything that a push brings: all packs and loose objects of
// the quarantine, of every type, reachable or not.
//
// Rejected: walking commits from the pushed refs. Objects that no ref reaches
// are stored too, and whoever knows their id can fetch them.
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

  // Only objects of `types` arrive, in the same order each time; more than once,
  // where git stored them more than once. Large packs are walked by as many
  // threads as there are visitors (one or more), each called by one thread; the
  // same one may stand there several times. Throws Error when the directory cannot
  // be listed; everything that is wrong with an object arrives as Unscanned, and
  // that a pack cannot be opened where `types` has the unknown one.
  void visit(const Limits& limits, std::span<ObjectVisitor* const> visitors,
             ObjectTypes types = kAllTypes);
  void visit(const Limits& limits, ObjectVisitor& visitor) {
    ObjectVisitor* const only = &visitor;
    visit(limits, std::span(&only, 1));
  }
  // Whether git left the push in packs alone, as it does with large ones: then
  // some types may be visited before others, and nothing is read twice.
  bool is_packed() const;

 private:
  uint64_t visit_pack(const std::string& name, const Limits& limits, uint64_t first,
                      std::span<ObjectVisitor* const> visitors, ObjectTypes types);

  const std::filesystem::path directory_;
  const size_t hash_size_;
  std::map<std::string, std::unique_ptr<PackWalk>> packs_;  // read so far, by name
};

}  // namespace pushguard
