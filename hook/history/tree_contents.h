// SPDX-License-Identifier: Apache-2.0
// Which of the wanted objects each tree of a push contains, at any depth, as one number a
// tree: two trees have the same number exactly when they contain the same wanted objects at
// the same paths. A tree without any has 0.
//
// A history has far more commits than changes to wanted objects. A commit whose tree has the
// number of a parent's tree introduces nothing, and neither tree needs to be read again. Each
// tree is read once; of a delta only what differs from its base is read and kept.
//
//   records_   a tree: its base's record, and its items
//     items_   a name, with the id that the base has there and the id that the tree has
//   the number of a tree = that of its base - the parts of ids gone + the parts of fresh ids
//
// Rejected: comparing every commit with its parents (23 s for 200,000 commits, where this
// takes one); a list of contents for each tree (memory).
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "history/oid_table.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class TreeContents {
 public:
  // The most differences between trees and their bases: 0.6 GB with their ids, which a pusher
  // may make up. git's own history has half a million.
  static constexpr size_t kMostItems = size_t{1} << 23;

  // `ids` numbers the trees; `lock` guards it.
  TreeContents(OidSet wanted, OidTable& ids, std::mutex& lock, size_t most_items = kMostItems);

  // May be called by several threads, and more than once for a tree. Stores in
  // `tree.remember` what the tree's deltas need. `extra` are more wanted objects, for this
  // tree and its deltas only: trees with the same ones may then get different numbers, but
  // never the other way round.
  void add(const Object& tree, const OidSet& extra = {});

  // Computes the numbers. Must be called once, after all trees were added and `ids` is
  // complete. Returns false when trees are nested too deep, when there are more differences
  // than `most_items`, or when time ran out; of() must not be used then.
  bool resolve(const Limits& limits);
  // The number of `tree` (its number in `ids`). A tree that was not added, because the server
  // has it already, has a number that no other tree has.
  uint64_t of(uint32_t tree) const { return held_[tree]; }

 private:
  struct Entry;
  class Listing;
  struct Unnumbered;
  class Uses;
  static constexpr uint32_t kNone = 0xffffffff;
  // A name under which a tree and its base differ.
  struct Item {
    uint32_t gone = kNone, fresh = kNone;  // numbers of the ids in the base and in the tree
    uint32_t name = 0;                     // hash of the name
  };
  struct Record {
    uint32_t tree = 0;
    uint32_t base = 0;   // its base's record, or kNone
    uint32_t first = 0;  // its first item; the next record's first is the end
  };

  Listing read(const Object& tree, const OidSet& extra, std::vector<Unnumbered>& unnumbered) const;
  // The end of the record's items in items_.
  uint32_t end_of(uint32_t record) const {
    return record + 1 < records_.size() ? records_[record + 1].first
                                        : static_cast<uint32_t>(items_.size());
  }
  uint64_t part(uint32_t id, uint32_t name) const;
  uint64_t sum_of(uint32_t record, const std::vector<uint64_t>& sums) const;

  bool is_wanted(const Oid& id) const {
    return starts_wanted_[id.bytes[0] << 8 | id.bytes[1]] && wanted_.contains(id);
  }

  OidSet wanted_;
  std::vector<bool> starts_wanted_;  // by the first two bytes, since few entries are wanted
  OidTable& ids_;
  std::mutex& lock_;
  const size_t most_items_;
  std::deque<Record> records_;  // bases before their deltas
  std::deque<Item> items_;      // grouped by record
  bool overflowed_ = false;
  std::vector<uint64_t> held_;  // the result, by number in ids_
};

}  // namespace pushguard
