// SPDX-License-Identifier: Apache-2.0
#include "history/oid_table.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

namespace pushguard::test {

TEST_CASE("ids are numbered in the order in which they came, each once") {
  const size_t digits = GENERATE(40, 64);
  // All ids have the same first and last bytes; a pusher can make up such ids.
  const auto id = [&](size_t i) {
    return *Oid::from_hex(fmt::format("{:0>{}x}{:0>20}", i, digits - 20, ""));
  };
  OidTable table(digits / 2);
  for (uint32_t i = 0; i < 20000; ++i) REQUIRE(table.add(id(i)) == i);
  for (uint32_t i = 0; i < 20000; ++i) {
    REQUIRE(table.add(id(i)) == i);
    REQUIRE(table.find(id(i)) == i);
    REQUIRE(table[i] == id(i));
  }
  CHECK(table.size() == 20000);
  CHECK_FALSE(table.find(id(20000)));
}

TEST_CASE("an id of the other size is in no table") {
  OidTable table(20);
  CHECK_FALSE(table.find(*Oid::from_hex(std::string(40, 'a'))));
  table.add(*Oid::from_hex(std::string(40, 'a')));
  CHECK_FALSE(table.find(*Oid::from_hex(std::string(64, 'a'))));
  CHECK_FALSE(table.find({}));
}

}  // namespace pushguard::test
