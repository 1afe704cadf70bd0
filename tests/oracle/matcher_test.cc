// SPDX-License-Identifier: Apache-2.0
// The programs of the built-in rules must give the matches and groups that RE2 gives, on
// examples, near misses, and texts made of the bytes that assertions ask about.
#include <catch2/catch.hpp>

#include <re2/re2.h>

#include <random>

#include "examples/example.h"
#include "regex/matcher.h"
#include "regex/regex.h"
#include "rules/built_in.h"
#include "rules/rule_file.h"

namespace pushguard::test {
namespace {

struct Both {
  bool matches = false;
  Range match{0, 0}, secret{0, 0};
  friend bool operator==(const Both&, const Both&) = default;
};

std::ostream& operator<<(std::ostream& out, const Both& both) {
  return out << both.matches << ' ' << both.match.begin << '-' << both.match.end << ' '
             << both.secret.begin << '-' << both.secret.end;
}

Both of_re2(const RE2& regex, int group, std::string_view text, size_t start, size_t end) {
  re2::StringPiece groups[kMostGroups];
  if (!regex.Match({text.data(), text.size()}, start, end, RE2::ANCHOR_START, groups, group + 1)) {
    return {};
  }
  const auto range = [&](const re2::StringPiece& piece) {
    const size_t begin = piece.data() ? static_cast<size_t>(piece.data() - text.data()) : start;
    return Range{begin, begin + piece.size()};
  };
  return {true, range(groups[0]), range(groups[group])};
}

// Changes one byte, or cuts or doubles a piece.
std::string changed(std::string text, std::mt19937& random) {
  static constexpr std::string_view kEdges("\r\n\0 \x7f\x80\xff_-.=\"'aZ09/", 18);
  if (text.empty()) return text;
  const size_t at = random() % text.size();
  switch (random() % 5) {
    case 0: text[at] = kEdges[random() % kEdges.size()]; break;
    case 1: text.erase(at, 1 + random() % 3); break;
    case 2: text.insert(at, 1, kEdges[random() % kEdges.size()]); break;
    case 3: text.insert(at, text.substr(at, 1 + random() % 40)); break;
    default: text[at] ^= 0x20;
  }
  return text;
}

std::vector<RawRule> raw_rules() {
  std::vector<RawRule> rules;
  for (const RuleSource& source : built_in_sources()) {
    for (RawRule& rule : read_rules(TomlFile(std::string(source.name), std::string(source.text)))) {
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

}  // namespace

TEST_CASE("each rule's program matches what RE2 matches") {
  std::mt19937 random(17);
  RegexMatcher matcher;
  size_t matches = 0, differing_starts = 0;
  for (const RawRule& rule : raw_rules()) {
    INFO(rule.id);
    SetPool sets;
    const auto compiled = compile_program(rule.regex, rule.secret_group, sets);
    REQUIRE(compiled);
    const RegexProgram program = compiled->view(sets);
    const RE2 regex(rule.regex, regex_options());
    for (int round = 0; round < 40; ++round) {
      std::string text =
          ExampleGenerator(random()).expand(rule.examples[random() % rule.examples.size()]);
      if (round % 3 == 0) text = "\n" + text + "\n" + text;
      for (int change = round % 4; change > 0; --change) text = changed(text, random);
      matcher.search(program, text, {0, text.size()});
      for (size_t start = 0; start <= text.size(); ++start) {
        const RegexMatcher::Answer answer = matcher.find({start, start + 1});
        if (answer == RegexMatcher::Answer::undecided) break;
        const bool found = answer == RegexMatcher::Answer::match;
        const Both ours = found ? Both{true, matcher.match(), matcher.secret()} : Both{};
        const Both theirs = of_re2(regex, rule.secret_group, text, start, text.size());
        if (!(ours == theirs)) {
          INFO(text);
          CAPTURE(start);
          CHECK(ours == theirs);
        }
        matches += theirs.matches;
        ++differing_starts;
      }
    }
  }
  CHECK(matches > 10000);
  CHECK(differing_starts > 100000);
}

}  // namespace pushguard::test
