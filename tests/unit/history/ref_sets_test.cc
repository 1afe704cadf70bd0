// SPDX-License-Identifier: Apache-2.0
#include "history/ref_sets.h"

#include <catch2/catch.hpp>

namespace pushguard {

TEST_CASE("sets of refs are united, and equal ones share a number") {
  RefSets sets;
  const uint32_t a = sets.of(0), b = sets.of(1), c = sets.of(2);
  const uint32_t ab = sets.unite(a, b);
  CHECK(sets[ab].updates == std::vector<uint32_t>{0, 1});
  CHECK(sets[ab].all);
  CHECK(sets.unite(RefSets::kNone, a) == a);
  CHECK(sets.unite(a, ab) == ab);
  CHECK(sets.unite(b, a) == ab);
  CHECK(sets[sets.unite(c, ab)].updates == std::vector<uint32_t>{0, 1, 2});
}

TEST_CASE("a set that is cut says so, and so does every set that it is part of") {
  RefSets sets;
  uint32_t many = RefSets::kNone;
  for (uint32_t i = 0; i <= RefSets::kMost; ++i) many = sets.unite(many, sets.of(i));
  CHECK(sets[many].updates.size() == RefSets::kMost);
  CHECK(sets[many].updates.front() == 0);
  CHECK_FALSE(sets[many].all);
  CHECK(sets.unite(many, sets.of(100)) == many);
  CHECK_FALSE(sets[sets.unite(many, sets.of(0))].all);

  RefSets few(3);
  const uint32_t two = few.unite(few.of(4), few.of(5));
  CHECK(few[two].all);
  const uint32_t cut = few.unite(two, few.of(6));
  CHECK(few[cut].updates == std::vector<uint32_t>{4});
  CHECK_FALSE(few[cut].all);
}

}  // namespace pushguard
