// SPDX-License-Identifier: Apache-2.0
// Syntax that is easily misread, compared with how RE2 reads it.
#include "regex/facts.h"

#include <re2/re2.h>
#include <catch2/catch.hpp>

#include "regex/regex.h"

namespace pushguard {

TEST_CASE("a match's longest length is RE2's") {
  const struct {
    std::string regex, longest;  // a match of that length
  } cases[] = {
      {"[[:]x", ":x"},
      {"[^[:]x", "ax"},
      {"[A-[:x:]]", "B]"},
      {"[]a]{2}", "]a"},
      {"[[:alpha:]x]{3}", "abx"},
      {"[\\]\\x{41}-Z]b", "]b"},
      {"a{1,2,3}", "a{1,2,3}"},
      {"a{,3}", "a{,3}"},
      {"\\Qa*\\E{2}", "a**"},
      {"\\123\\x41\\pLz", "SAbz"},
      {"(?i)a(?-i:b|cd)", "Acd"},
      {"[\\d-[:]x", "-x"},
      {"a{03}", "a{03}"},
      {"a{1,03}", "a{1,03}"},
      {"a{1000000000}", "a{1000000000}"},
      {"\\Qab\\E{0}", "a"},
      {"[^\\0]\\Qa)\\E{0}", "ba"},
      {"\\Qab\\E{3}", "abbb"},
      {"a{2}(?i)?", "aa"},
      {"a{2}\\Q\\E?", "aa"},
  };
  for (const auto& [regex, longest] : cases) {
    INFO(regex);
    CHECK(RE2::FullMatch(longest, RE2(regex, regex_options())));
    CHECK(facts_of(regex, {}).longest_match == longest.size());
  }
}

TEST_CASE("what repeats without bound has no longest match") {
  for (const char* regex :
       {"a*", "a+?", "(?:ab){2,}", "a\\Q\\E*", "a(?i)*", "(a|b*)c", "\\Qab\\E+"}) {
    INFO(regex);
    CHECK(RE2(regex, regex_options()).ok());
    CHECK(facts_of(regex, {}).longest_match == 0);
  }
}

TEST_CASE("a regex that RE2 refuses has no facts") {
  CHECK_THROWS_WITH(facts_of("a(", {}), "RE2 refuses a regex: missing ): a(");
}

TEST_CASE("the depth of a regex is no depth of calls") {
  const size_t depth = 20000;
  const std::string regex = std::string(depth, '(') + "@" + std::string(depth, ')');
  const RegexFacts facts = facts_of(regex, {});
  CHECK(facts.longest_match == 1);
  CHECK_FALSE(met_in(facts.required_runs, "none"));
}

}  // namespace pushguard
