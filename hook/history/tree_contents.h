// SPDX-License-Identifier: Apache-2.0
// What each tree of a push holds, at any depth, of the objects that are looked
// for: one number a tree, the same exactly where the same ones stand at the same
// paths, and 0 where there are none.
//
// A history has far more commits than changes to what is looked for. A commit
// whose tree has the number of a parent's tree introduces nothing, and is known
// without reading either. Every tree is read once, a delta where it differs from
// its base; what a tree has in common with its base is not kept twice.
// Rejected: comparing every commit with its parents (23 s for 200,000 commits,
// where this takes one), a list of what each tree holds (memory).
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_set>
#include <vector>

#include "history/oid_table.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class TreeContents {
 public:
  // Differences: 0.6 GB with their ids, which a pusher may make up. git's own history
  // has half a million.
  static constexpr size_t kMostItems = size_t{1} << 23;

  // `ids` numbers the trees; `lock` guards it.
  TreeContents(std::unordered_set<Oid, OidHash> wanted, OidTable& ids, std::mutex& lock,
               size_t most_items = kMostItems);

  // May be called by several threads; what it leaves in `tree.remember` is for
  // the tree's deltas. A tree may come more than once. `also`: more that is looked
  // for, in this tree and its deltas alone; trees that hold it in common may differ
  // in their numbers then, never the other way round.
  void add(const Object& tree, const std::unordered_set<Oid, OidHash>& extra = {});

  // To be called once, when all trees have come and `ids` is complete. False when
  // trees stand in each other too deep, differ from their bases in more entries than
  // are kept, or time is out: of() tells nothing then.
  bool resolve(const Limits& limits);
  // Of a tree that did not come (the server has it), a number of its own.
  uint64_t of(uint32_t tree) const { return held_[tree]; }

 private:
  struct Entry;
  class Listing;
  struct Unnumbered;
  class Uses;
  static constexpr uint32_t kNone = 0xffffffff;
  // Of a tree and its base: what stands under a name in one of them, or in both
  // but not the same.
  struct Item {
    uint32_t gone = kNone, fresh = kNone;  // ids
    uint32_t name = 0;                     // hash
  };
  struct Record {
    uint32_t tree = 0;
    uint32_t base = 0;   // record, or kNone
    uint32_t first = 0;  // in items_; they end where the next record's start
  };

  Listing read(const Object& tree, const std::unordered_set<Oid, OidHash>& extra,
               std::vector<Unnumbered>& unnumbered) const;
  // Where the record's items end.
  uint32_t end_of(uint32_t record) const {
    return record + 1 < records_.size() ? records_[record + 1].first
                                        : static_cast<uint32_t>(items_.size());
  }
  uint64_t part(uint32_t id, uint32_t name) const;
  uint64_t sum_of(uint32_t record, const std::vector<uint64_t>& sums) const;

  bool is_wanted(const Oid& id) const {
    return starts_wanted_[id.bytes[0] << 8 | id.bytes[1]] && wanted_.contains(id);
  }

  std::unordered_set<Oid, OidHash> wanted_;
  std::vector<bool> starts_wanted_;  // by the first two bytes: nearly no entry is wanted
  OidTable& ids_;
  std::mutex& lock_;
  const size_t most_items_;
  std::deque<Record> records_;  // bases before their deltas
  std::deque<Item> items_;      // a record's stand together
  bool overflowed_ = false;
  std::vector<uint64_t> held_;  // by number in ids_
};

}  // namespace pushguard
