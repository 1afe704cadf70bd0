// SPDX-License-Identifier: Apache-2.0
#include "push/ref_update.h"

#include <catch2/catch.hpp>

#include "vocabulary/error.h"

namespace pushguard {

TEST_CASE("ref updates keep ids and names as git sent them") {
  const std::string one(40, '1'), zero(40, '0');
  const auto updates = parse_ref_updates(zero + " " + one + " refs/heads/a\n" + one + " " + zero +
                                         " refs/heads/\xc3\xa4;\"$`\n");
  REQUIRE(updates.size() == 2);
  CHECK(updates[0].creates());
  CHECK_FALSE(updates[0].deletes());
  CHECK(updates[0].new_id.hex() == one);
  CHECK(updates[1].deletes());
  CHECK(updates[1].ref == "refs/heads/\xc3\xa4;\"$`");
}

TEST_CASE("ids of 64 digits are ids, and their zero is null") {
  const auto updates =
      parse_ref_updates(std::string(64, '0') + " " + std::string(64, 'b') + " refs/x");
  CHECK(updates[0].creates());
  CHECK(updates[0].new_id.size == 32);
}

TEST_CASE("what is no ref update is refused, with its line") {
  const std::string id(40, 'a'), good = id + " " + id + " refs/heads/a\n";
  const std::pair<std::string, std::string> cases[] = {
      {"", "no ref updates on standard input (did another hook read them first?)"},
      {"\n", "standard input, line 1: expected '<old-id> <new-id> <ref>'"},
      {good + "x\n", "standard input, line 2: expected '<old-id> <new-id> <ref>'"},
      {good + id + " " + id + " \n", "standard input, line 2: the ref has no name"},
      {id.substr(1) + " " + id + " r\n",
       "standard input, line 1: an object id must be 40 or 64 hex digits"},
      {std::string(40, 'g') + " " + id + " r\n",
       "standard input, line 1: an object id must be 40 or 64 hex digits"},
      {std::string(64, 'a') + " " + id + " r\n", "standard input, line 1: object ids of two sizes"},
      {good + std::string(64, 'a') + " " + std::string(64, 'a') + " r\n",
       "standard input, line 2: object ids of two sizes"},
  };
  for (const auto& [input, message] : cases) {
    INFO(input);
    CHECK_THROWS_WITH(parse_ref_updates(input), message);
  }
}

}  // namespace pushguard
