// SPDX-License-Identifier: Apache-2.0
#include "regex/syntax.h"

#include <catch2/catch.hpp>

namespace pushguard {

TEST_CASE("a piece of a regex that has no end takes what there is") {
  for (const std::string_view text : {"[", "[^", "[]", "[a-", "[[:alpha:", "[\\", "[a-\\x{1"}) {
    CHECK(class_size(text) == text.size());
  }
  for (const std::string_view text : {"\\", "\\x", "\\x{41", "\\p", "\\x4", "\\p{L"}) {
    CHECK(escape_size(text) == text.size());
  }
}

}  // namespace pushguard
