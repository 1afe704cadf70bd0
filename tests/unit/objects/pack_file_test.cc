// SPDX-License-Identifier: Apache-2.0
// The order of entries, and the base of each delta, at any distance before it.
#include "objects/pack_file.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <random>

#include "support/pack_writer.h"

namespace pushguard::test {

TEST_CASE("each delta of a pack finds its base") {
  std::mt19937 random(1);
  PackWriter pack;
  std::vector<std::optional<size_t>> bases;
  for (size_t i = 0; i < 3000; ++i) {
    const std::string delta = PackWriter::delta_of("a", std::string(1 + random() % 200, 'b'));
    if (i == 0 || random() % 4 == 0) {
      pack.whole(3, delta);
      bases.emplace_back();
    } else if (random() % 5 == 0) {
      bases.emplace_back(random() % 3000);  // by id; the base may be a later entry
      pack.id_delta(*bases.back(), delta);
    } else {
      const size_t back = 1 + random() % (random() % 2 == 0 ? std::min<size_t>(i, 10) : i);
      bases.emplace_back(i - back);
      pack.delta(i - back, delta);
    }
  }
  const ScratchDirectory scratch;
  pack.write(scratch.path());
  const PackFile file(scratch.path() / "pack-x.pack", scratch.path() / "pack-x.idx", 20);
  REQUIRE(file.entries().size() == bases.size());
  for (size_t i = 0; i < bases.size(); ++i) {
    INFO("entry " << i);
    if (i > 0) REQUIRE(file.entries()[i].offset > file.entries()[i - 1].offset);
    REQUIRE(file.entries()[i].base == (bases[i] ? *bases[i] : PackEntry::kWhole));
  }
}

}  // namespace pushguard::test
