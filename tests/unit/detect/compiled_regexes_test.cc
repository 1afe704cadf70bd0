// SPDX-License-Identifier: Apache-2.0
#include "detect/compiled_regexes.h"

#include <catch2/catch.hpp>

#include "vocabulary/error.h"

namespace pushguard::test {

TEST_CASE("a regex is compiled once, and one that RE2 refuses is an error each time") {
  CompiledRegexes regexes;
  Rule rule;
  rule.id = "mine";
  const std::string good = "a+b", bad = "a(";
  const RE2& first = regexes.get(rule, good);
  CHECK(first.ok());
  CHECK(&regexes.get(rule, good) == &first);
  for (int i = 0; i < 2; ++i) {
    try {
      regexes.get(rule, bad);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(std::string(error.what()) == "rule 'mine': missing ): a(");
    }
  }
}

}  // namespace pushguard::test
