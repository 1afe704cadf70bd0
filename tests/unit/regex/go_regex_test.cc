// SPDX-License-Identifier: Apache-2.0
#include "regex/go_regex.h"

#include <re2/re2.h>
#include <catch2/catch.hpp>

#include <algorithm>

#include "regex/regex.h"
#include "rules/built_in.h"

namespace pushguard {

TEST_CASE("what both dialects share stays as it is") {
  for (const Rule& rule : built_in_rules().rules) {
    if (rule.provider == "Key files") continue;  // their bytes are letters for Go
    if (std::ranges::any_of(rule.regex, [](char c) { return c < 0; })) continue;  // the same
    CHECK(from_go(rule.regex).regex == rule.regex);
    CHECK_FALSE(from_go(rule.regex).has_wide_class);
  }
  for (const char* regex : {R"([\]\x41[:alpha:]\d\pN]{3})", R"([]\[(?<]a)", R"([^]\]]b)",
                            R"(\Q(?<[\E(?i:x)\z)", R"(\x41\x{42}\007)", R"(a\\[b]\)", "["}) {
    CHECK(from_go(regex).regex == regex);
  }
}

TEST_CASE("named groups and characters beyond ASCII are rewritten to the same meaning") {
  const struct {
    std::string go, re2;
  } cases[] = {
      {"(?<one>a)(?P<two>b)", "(?P<one>a)(?P<two>b)"},
      {"[(?<x>]{1}(?<y>z)", "[(?<x>]{1}(?P<y>z)"},
      {R"(\(?<x>)", R"(\(?<x>)"},
      {"\u00e4+x", "(?:\u00e4)+x"},
      {"\u5bc6\u7801=", "(?:\u5bc6)(?:\u7801)="},
      {R"(\x{e4}?\xE4b)", "(?:\u00e4)?(?:\u00e4)b"},
      {R"(\x{1F511}{2})", "(?:\U0001F511){2}"},
  };
  for (const auto& [go, re2] : cases) {
    CHECK(from_go(go).regex == re2);
    CHECK_FALSE(from_go(go).has_wide_class);
    CHECK(RE2(re2, regex_options()).ok());
  }
  CHECK(RE2::FullMatch("\u00e4\u00e4x", RE2(from_go("\u00e4{2}x").regex, regex_options())));
}

TEST_CASE("a class of characters beyond ASCII is reported") {
  for (const std::string regex :
       {"[a\u00e4]", R"([\x{e4}])", R"(\p{Greek})", R"(\PL)", R"([^\pL])"}) {
    CHECK(from_go(regex).has_wide_class);
    CHECK(from_go(regex).regex == regex);
  }
}

}  // namespace pushguard
