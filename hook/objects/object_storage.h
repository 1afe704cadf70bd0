// SPDX-License-Identifier: Apache-2.0
// The walk over everything that a repository stores: all packs and loose objects, of its own
// object directory and of those that it borrows from, reachable or not.
//
// Each object is passed once, from the first place where it can be read; the largest pack is
// first. All packs are mapped before the first object is passed, so one that git replaces
// meanwhile is still read, and loose objects that git packs meanwhile are read from the new pack.
// What cannot be opened is passed as Unscanned, and the rest goes on.
// Rejected: a set of all ids that were passed (28 bytes an object; the packs' indexes are there).
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class PackWalk;

class ObjectStorage {
 public:
  // Whether an object need not be passed; may be called by several threads.
  using IsKnown = std::function<bool(const Oid&)>;

  // `directories` are object directories; their alternates are not followed. `hash_size` is 20 or
  // 32. Lists them and opens all packs.
  ObjectStorage(std::vector<std::filesystem::path> directories, size_t hash_size,
                IsKnown is_known = {});
  ~ObjectStorage();

  // Passes the objects whose type is in `types` as Quarantine::visit() does, but each once, and
  // none that is known. What could not be opened is passed when `types` contains `unknown`.
  void visit(const Limits& limits, std::span<ObjectVisitor* const> visitors, ObjectTypes types);
  // The same with all that is known.
  void visit_all(const Limits& limits, std::span<ObjectVisitor* const> visitors, ObjectTypes types);
  // Whether it has the object. May be called by several threads during a visit.
  bool contains(const Oid& id) const;
  // Calls `take` with the id of each object of the directory with that number, ascending, once;
  // but for loose objects that vanished before they were visited.
  void each_id(size_t directory, const std::function<void(const Oid&)>& take) const;
  // The number of all objects; one that is stored several times counts each time.
  uint64_t size() const;

 private:
  class Once;
  struct Loose {
    std::filesystem::path directory;
    std::vector<Oid> ids;  // sorted
  };

  void walk(const Limits& limits, std::span<ObjectVisitor* const> visitors, ObjectTypes types,
            bool with_known);
  void walk_pack(size_t pack, const Limits& limits, std::span<ObjectVisitor* const> visitors,
                 ObjectTypes types, bool with_known);
  void walk_loose(const Limits& limits, std::span<ObjectVisitor* const> visitors, ObjectTypes types,
                  bool with_known);
  // The names in `directory`; one that cannot be listed is noted as unopened.
  std::vector<std::string> listed(const std::filesystem::path& directory);
  void open_packs();
  void list_loose();
  void note_unopened(const std::filesystem::path& path, std::string detail);
  bool is_in_packs(const Oid& id, size_t before) const;
  // Whether the object is read elsewhere: in one of the first packs, or in a directory before
  // `loose`.
  bool is_elsewhere(const Oid& id, size_t packs_before, size_t loose_before) const;
  // Whether it is known, or read elsewhere.
  bool is_left_out(const Oid& id, size_t packs_before, size_t loose_before, bool with_known) const;
  void note_unread(const Oid& id);

  const std::vector<std::filesystem::path> directories_;
  const size_t hash_size_;
  const IsKnown is_known_;
  struct Pack {
    size_t directory = 0;  // its number
    std::unique_ptr<PackWalk> walk;
  };
  std::vector<Pack> packs_;                      // largest first, but for those that came later
  std::map<std::filesystem::path, bool> tried_;  // packs, and whether they could be opened
  std::vector<Loose> loose_;                     // by directory
  std::vector<Unscanned> unopened_;
  OidSet gone_;  // loose objects that vanished during a visit
  mutable std::mutex lock_;
  OidSet unread_;  // that one of their places does not give; guarded by lock_
  bool too_many_unread_ = false;
};

}  // namespace pushguard
