// SPDX-License-Identifier: Apache-2.0
// The runs that a regex requires, compared with the matches that RE2 finds.
#include "regex/facts.h"

#include <re2/re2.h>
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "regex/regex.h"

namespace pushguard {
namespace {

bool is_met(const std::string& regex, const std::string& text, std::string_view keyword = {}) {
  const std::vector<std::string> keywords(keyword.empty() ? 0 : 1, std::string(keyword));
  return met_in(facts_of(regex, keywords).required_runs, text);
}

}  // namespace

TEST_CASE("a run as long as a regex asks is needed, in one piece") {
  const std::string regex = "key=['\"]?[0-9a-f]{32}";
  const std::string half(16, 'a');
  CHECK(is_met(regex, "key=" + half + half));
  CHECK_FALSE(is_met(regex, "key=" + half + "g" + half));
  CHECK_FALSE(is_met(regex, "key=" + half + half.substr(1)));
}

TEST_CASE("parts side by side make one run") {
  CHECK_FALSE(is_met("[A-Z][a-z0-9]{9}(?:-[0-9]{2,}|[0-9]{3})", "Abcdefghi-1"));
  CHECK(is_met("[A-Z][a-z0-9]{9}(?:-[0-9]{2,}|[0-9]{3})", "Abcdefghij123"));
}

TEST_CASE("a run that the keyword contains is not tested again") {
  // Only '@' is tested.
  CHECK_FALSE(is_met("(?:login|user):[^\n]{0,9}@", "login:", "login:"));
  CHECK(is_met("(?:login|user):[^\n]{0,9}@", "@", "login:"));
  CHECK_FALSE(is_met("(?:login|user):[^\n]{0,9}@", "@"));
}

TEST_CASE("what may be missing is not needed") {
  for (const std::string regex : {"a(?:[0-9]{9})?", "a[0-9]{0,9}", "a|[0-9]{9}", "a(?:@|)", "a@*",
                                  "a(?:@@){0}", "a@{0,}?", "a@??", "\\Q@\\E*a", "(?i)A"}) {
    INFO(regex);
    CHECK(RE2::FullMatch("a", RE2(regex, regex_options())));
    CHECK(is_met(regex, "a"));
  }
}

TEST_CASE("what RE2 repeats is repeated, and no brace that is a character") {
  const struct {
    std::string regex, match;
  } cases[] = {{"a{03}", "a{03}"},         {"key[0-9]{016}", "key7{016}"},
               {"a{2,010}@", "a{2,010}@"}, {"[0-9a-f]{1000000000}", "a{1000000000}"},
               {"\\Q@%\\E{3}", "@%%%"},    {"@?\\Q\\E+x", "x"},
               {"@{9}(?i)?x", "x"}};
  for (const auto& [regex, match] : cases) {
    INFO(regex);
    CHECK(RE2::FullMatch(match, RE2(regex, regex_options())));
    CHECK(is_met(regex, match));
  }
  CHECK_FALSE(is_met("\\Q@%\\E{3}", "@%%"));
}

TEST_CASE("a run is found at every place") {
  // Compared with a plain search in texts of a few different characters.
  for (size_t size = 1; size < 5; ++size) {
    const std::string regex = "[@%]{" + std::to_string(size) + "}";
    for (unsigned bits = 0; bits < 1u << 9; ++bits) {
      std::string text;
      for (unsigned i = 0; i < 9; ++i) text += bits >> i & 1 ? "@%"[i & 1] : '-';
      INFO(regex << " in " << text);
      CHECK(is_met(regex, text) == RE2::PartialMatch(text, RE2(regex, regex_options())));
    }
  }
}

TEST_CASE("classes and escapes mean what they mean to RE2") {
  const struct {
    std::vector<std::string> ones;
    bool is_exact;  // if false, a class may count as more bytes than it has
  } cases[] = {{{"[[:alpha:]]",
                 "[[:word:]-]",
                 "[[:xdigit:]]",
                 "[[:upper:][:digit:]]",
                 "[[:lower:]]",
                 "[[:alnum:]]",
                 "[[:space:]]",
                 "[]]",
                 "[a-]",
                 "[\\d-z]",
                 "[\\]-a]",
                 "[--/]",
                 "[\\x41-\\x{5A}]",
                 "[\\101-C]",
                 "\\x40",
                 "\\x{e9}",
                 "\\053",
                 "\\n",
                 "\\t",
                 "\\v",
                 "\\a",
                 "\\f",
                 "\\r",
                 "\\.",
                 "\\w",
                 "\\s",
                 "\\d",
                 "[\\w.]",
                 "[^a-z\\s]",
                 "[^\\W]",
                 "(?i)k",
                 "(?i)[X-Z]",
                 "[\x80-\xff]",
                 "a|b"},
                true},
               {{"[[:^digit:]]",
                 "[^[:^digit:]]",
                 "[^]]",
                 "\\pL",
                 "\\PN",
                 "[\\pL]",
                 "[^\\p{Lu}]",
                 "\\C",
                 ".",
                 "(?s).",
                 "\\W",
                 "\\S",
                 "\\D",
                 "[\\s\\S]",
                 "(?i)[^k]",
                 "(?i)\xe9",
                 "(?i)[\xe0-\xef]",
                 "(?i:a)|(?-i:b)",
                 "\\Q[\\E",
                 "(?i)\xb5"},
                false}};
  for (const auto& [ones, is_exact] : cases) {
    for (const std::string& one : ones) {
      INFO(one);
      // Repeated often enough to tell a class of few bytes from one of many.
      const std::string many = "(?:" + one + "){60}";
      const RE2 regex(many, regex_options());
      REQUIRE(regex.ok());
      for (int byte = 0; byte < 256; ++byte) {
        INFO(byte);
        const std::string text(60, static_cast<char>(byte));
        const bool matches = RE2::FullMatch(text, regex);
        if (matches || is_exact) CHECK(is_met(many, text) == matches);
      }
    }
  }
}

}  // namespace pushguard
