// SPDX-License-Identifier: Apache-2.0
// What was not looked at in a push: some of each kind one by one, and the number of the others.
//
// A pusher can make a hundred thousand damaged objects of nine bytes each. Those with the lowest
// ids are kept, so the result is the same for any number of threads.
#pragma once

#include <array>
#include <map>
#include <utility>
#include <vector>

#include "objects/object.h"

namespace pushguard {

class UnscannedList {
 public:
  static constexpr size_t kMostOfOneKind = 100;

  // One that is known already, by its id and detail, is added once.
  void add(Unscanned what);
  void merge(UnscannedList&& other);
  bool empty() const;
  // Whether one of another kind than `except` is about the object `id`.
  bool names(const Oid& id, Why except) const;
  // By kind, then by id; after those of a kind one for all the others, with their number and
  // bytes.
  std::vector<Unscanned> take();
  // The objects of those that are kept one by one.
  OidSet objects() const;

 private:
  struct Kind {
    std::map<std::pair<Oid, std::string>, Unscanned> kept;
    uint64_t others = 0, bytes_of_others = 0;
  };
  std::array<Kind, std::size(kAllWhys)> kinds_;
};

}  // namespace pushguard
