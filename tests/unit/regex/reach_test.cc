// SPDX-License-Identifier: Apache-2.0
// Syntax whose end is easily misread, compared with how RE2 reads it.
#include "regex/reach.h"

#include <re2/re2.h>
#include <catch2/catch.hpp>

#include "regex/regex.h"
#include "regex/syntax.h"

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
    CHECK(longest_match(regex) == longest.size());
  }
}

TEST_CASE("what repeats without bound has no longest match") {
  for (const char* regex :
       {"a*", "a+?", "(?:ab){2,}", "a\\Q\\E*", "a(?i)*", "(a|b*)c", "\\Qab\\E+"}) {
    INFO(regex);
    CHECK(RE2(regex, regex_options()).ok());
    CHECK_FALSE(longest_match(regex).has_value());
  }
}

TEST_CASE("a piece of a regex that has no end takes what there is") {
  for (const std::string_view text : {"[", "[^", "[]", "[a-", "[[:alpha:", "[\\", "[a-\\x{1"}) {
    CHECK(class_size(text) == text.size());
  }
  for (const std::string_view text : {"\\", "\\x", "\\x{41", "\\p", "\\x4", "\\p{L"}) {
    CHECK(escape_size(text) == text.size());
  }
}

}  // namespace pushguard
