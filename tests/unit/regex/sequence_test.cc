// SPDX-License-Identifier: Apache-2.0
#include "regex/sequence.h"

#include <re2/re2.h>
#include <catch2/catch.hpp>

#include "regex/regex.h"

namespace pushguard {
namespace {

bool matches(const std::string& regex, std::string_view text) {
  return RE2::FullMatch({text.data(), text.size()}, RE2(regex, regex_options()));
}

}  // namespace

TEST_CASE("each prefix of a regex matches what a match of it starts with") {
  const RegexSequence sequence(R"(\bab(c[0-9]{2})d*e)");
  REQUIRE(sequence.size() == 7);
  const struct {
    size_t count;
    std::string match;
    std::optional<size_t> longest;
  } cases[] = {{0, "", 0},    {1, "", 0},      {2, "a", 1},         {3, "ab", 2},
               {4, "abc", 3}, {5, "abc12", 5}, {6, "abc12ddd", {}}, {7, "abc12ddde", {}}};
  for (const auto& [count, match, longest] : cases) {
    INFO(count);
    const RE2 prefix(sequence.prefix(count), regex_options());
    re2::StringPiece found;
    REQUIRE(prefix.ok());
    REQUIRE(prefix.Match("abc12ddde", 0, 9, RE2::ANCHOR_START, &found, 1));
    CHECK(found == match);
    CHECK(sequence.longest_match(count) == longest);
  }
}

TEST_CASE("a prefix means what it means in its regex") {
  for (const std::string regex :
       {R"((?s).x)", R"(.x)", R"((?i)K\.-x)", R"((?m)^k$x?)", R"(^k$)", R"(\Aa\z)", R"([^a\]]x)",
        "(?i)[\xe0-\xef]x", R"(\C\x00x)", R"((?P<n>a)+?x)", R"(\Q(?\E)", R"((a|b(c)|)x{2,3})"}) {
    const RegexSequence sequence(regex);
    const std::string again = sequence.prefix(sequence.size());
    INFO(regex << " as " << again);
    const std::vector<std::string> texts{"\nx", "zx",   "K.-x",  "k.-x",  "\nk\n",    "k",
                                         "a",   "]x",   "\xc0x", "\xe1x", "aax",      "(?",
                                         "xx",  "axxx", "bcxx",  "bxx",   {"a\0x", 3}};
    for (const std::string& text : texts) {
      INFO(text);
      CHECK(matches(again, text) == matches(regex, text));
    }
  }
}

TEST_CASE("the alternatives of a first choice are regexes of their own") {
  const auto alternatives = [](std::string_view regex) {
    std::vector<std::string> all;
    for (const RegexSequence& one : RegexSequence(regex).alternatives()) {
      all.push_back(one.prefix(one.size()));
    }
    return all;
  };
  using Strings = std::vector<std::string>;
  CHECK(alternatives("x(?:one|(two)[0-9])y") == Strings{"(?sm:xoney)", "(?sm:xtwo[0-9]y)"});
  CHECK(alternatives("one|two") == Strings{"(?sm:one)", "(?sm:two)"});
  CHECK(alternatives("x?(?:one|)") == Strings{"(?sm:x?one)", "(?sm:x?(?:))"});
  // Nothing is a choice where there is one way, or where it is optional or repeated.
  CHECK(alternatives("x(?:one)y[ab]").empty());
  CHECK(alternatives("(?:one|two)?(?:one|two){2}").empty());
}

}  // namespace pushguard
