// SPDX-License-Identifier: Apache-2.0
// What is written first wins, as in RE2; oracle/matcher_test.cc compares all built-in rules.
#include "regex/matcher.h"

#include <catch2/catch.hpp>

#include <re2/re2.h>

#include <random>

#include "regex/regex.h"

namespace pushguard::test {
namespace {

struct Result {
  bool decided = true;
  std::string match = "none", group = "none";
  friend bool operator==(const Result&, const Result&) = default;
};

std::ostream& operator<<(std::ostream& out, const Result& result) {
  return out << result.decided << " '" << result.match << "' '" << result.group << "'";
}

Result of_program(const RegexProgram& program, const std::string& text, Range window) {
  RegexMatcher matcher;
  matcher.search(program, text, window);
  const auto answer = matcher.find({window.begin, window.end + 1});
  if (answer == RegexMatcher::Answer::undecided) return {false};
  if (answer == RegexMatcher::Answer::none) return {};
  const auto [begin, end] = matcher.match();
  const auto [from, to] = matcher.secret();
  return {true, std::to_string(begin) + "-" + std::to_string(end), text.substr(from, to - from)};
}

Result of_re2(const RE2& regex, const std::string& text, Range window) {
  re2::StringPiece groups[2];
  if (!regex.Match(text, window.begin, window.end, RE2::UNANCHORED, groups, 2)) return {};
  const auto begin = static_cast<size_t>(groups[0].data() - text.data());
  return {true, std::to_string(begin) + "-" + std::to_string(begin + groups[0].size()),
          std::string(groups[1])};
}

}  // namespace

TEST_CASE("a program gives RE2's match and group, in every window") {
  const char* const regexes[] = {
      "(a|ab)(?:c|bcd)?",
      "(?:a{1,3}?)(b*)",
      "(a{2,})b",
      "(?i)(K[e-g]y)\\b",
      "\\b(a+)\\b",
      "\\B(b)",
      "(?m)^(a*)$",
      "^(ab)",
      "(b+)$",
      "\\A(a*?)\\z",
      "(?:(a)|b)*c",
      "(?:ab|(a)){1,3}",
      "((?:a|b){2,4}?)c?",
      "(?s)(.{0,3})\\n",
      "(.?)(?:\\n|\\x80)",
      "[^a\\n]([\\x80-\\xff])",
      "(?:a?){3}(b)",
      "(?:(?:a|ab)(?:c|bc)){1,2}(d?)",
      "a(?:b(?:c(?:d|(e))?)?)?",
      "()a|b(c)",
      "(a*)(?:b|$)",
      "x*",
      "(?:a|b|c)?(?:ab)+?(c{0,2})",
  };
  std::mt19937 random(5);
  SetPool sets;
  size_t matches = 0;
  for (const char* written : regexes) {
    INFO(written);
    const auto compiled = compile_program(written, 1, sets);
    const RE2 regex(written, regex_options());
    const bool has_group = regex.NumberOfCapturingGroups() > 0;
    REQUIRE(compiled);
    for (int round = 0; round < 400; ++round) {
      std::string text;
      for (size_t size = random() % 12; text.size() < size;) {
        text += "aaabbbccdKkeEgy\n\n\x80\xff "[random() % 19];
      }
      const size_t begin = random() % (text.size() + 1);
      const Range window{begin, begin + random() % (text.size() - begin + 1)};
      Result theirs = of_re2(regex, text, window);
      Result ours = of_program(compiled->view(sets), text, window);
      if (!has_group) ours.group = theirs.group = "";
      INFO(text);
      CHECK(ours == theirs);
      matches += theirs.match != "none";
    }
  }
  CHECK(matches > 1000);
}

TEST_CASE("a regex that repeats what may be empty, or is too large, has no program") {
  SetPool sets;
  CHECK_FALSE(compile_program("(?:a*b*)*c", 0, sets));
  CHECK_FALSE(compile_program("(?:a|b?)+", 0, sets));
  CHECK_FALSE(compile_program("(?:ab|cd|ef|gh|ij|kl|mn|op){900}", 0, sets));
  CHECK(compile_program("(?:a*b)*", 0, sets));
  CHECK_THROWS_WITH(compile_program("a(", 0, sets), "RE2 refuses a regex: missing ): a(");
}

TEST_CASE("a failure is remembered, so that nested repeats cost little") {
  SetPool sets;
  const auto compiled = compile_program("(?:x+x+)+y", 0, sets);
  REQUIRE(compiled);
  CHECK(of_program(compiled->view(sets), std::string(40, 'x'), {0, 40}) == Result{});
}

TEST_CASE("a search that takes too long is left undecided, and says where it was") {
  SetPool sets;
  const auto compiled = compile_program("[ab]*a[ab]*a[ab]*a[ab]*a[ab]*c", 0, sets);
  REQUIRE(compiled);
  const std::string text = "---" + std::string(200'000, 'a') + "d";
  RegexMatcher matcher;
  const RegexProgram program = compiled->view(sets);
  matcher.search(program, text, {0, text.size()});
  CHECK(matcher.find({0, text.size()}) == RegexMatcher::Answer::undecided);
  CHECK(matcher.undecided_at() == 3);
}

TEST_CASE("repeats of one class are one instruction") {
  SetPool sets;
  const auto compiled = compile_program("[a-f]{100,900}x", 0, sets);
  REQUIRE(compiled);
  CHECK(compiled->code.size() == 3);
}

}  // namespace pushguard::test
