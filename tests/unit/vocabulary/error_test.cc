// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/error.h"

#include <catch2/catch.hpp>

namespace pushguard::test {

TEST_CASE("an excerpt shows a word whole or not at all") {
  const std::string word(40, 'x');
  for (size_t before = 0; before < 120; ++before) {
    const std::string line = std::string(before, ' ') + word + std::string(120 - before, ' ');
    for (const size_t column : {1, 40, 80, 120, 160}) {
      INFO(before << ", " << column);
      const std::string what = FileError("f", line, 1, column, "wrong").what();
      CHECK((what.find(word) != what.npos || what.find('x') == what.npos));
    }
  }
  CHECK(FileError("f", "a = b", 1, 5, "wrong").what() ==
        std::string("f:1:5: wrong\n  a = b\n      ^"));
}

}  // namespace pushguard::test
