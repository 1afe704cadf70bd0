// SPDX-License-Identifier: Apache-2.0
// The programs of the built-in rules must give the matches and groups that RE2 gives, on
// examples, near misses, and texts made of the bytes that assertions ask about.
#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <random>

#include "examples/example.h"
#include "regex/matcher.h"
#include "regex/regex.h"
#include "rules/built_in.h"
#include "rules/rule_file.h"
#include "support/raw_rules.h"

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

const Rule& built_in(std::string_view id) {
  const auto rules = built_in_rules().rules.all();
  return *std::ranges::find(rules, id, &Rule::id);
}

// What a program does, with the members of its sets in their places.
std::vector<std::string> meaning_of(const RegexProgram& program) {
  const auto set = [&](uint16_t number) {
    if (number == Instruction::kUnknown) return std::string("any");
    const auto& words = program.sets[number].words;
    return fmt::format("{:x}-{:x}-{:x}-{:x}", words[0], words[1], words[2], words[3]);
  };
  std::vector<std::string> all{
      fmt::format("{} {} {}", set(program.first), set(program.second), program.memos)};
  for (const Instruction& one : program.code) {
    all.push_back(fmt::format("{} {} {} {} {} {} {} {} {} {}", static_cast<int>(one.op), one.byte,
                              one.memo, one.first, one.second, set(one.set), set(one.ahead),
                              set(one.ahead_second), set(one.next), set(one.next_second)));
  }
  return all;
}

}  // namespace

TEST_CASE("each rule's program in the binary is the one of its regex") {
  for (const RawRule& rule : raw_rules()) {
    INFO(rule.id);
    SetPool sets;
    const auto compiled = compile_program(rule.regex, rule.secret_group, sets);
    REQUIRE(compiled);
    CHECK(meaning_of(built_in(rule.id).program) == meaning_of(compiled->view(sets)));
    if (rule.companion.empty()) continue;
    const auto companion = compile_program(rule.companion, 0, sets);
    REQUIRE(companion);
    CHECK(meaning_of(built_in(rule.id).companion_program) == meaning_of(companion->view(sets)));
  }
}

TEST_CASE("each companion's program matches where RE2 does") {
  std::mt19937 random(23);
  RegexMatcher matcher;
  size_t matches = 0;
  for (const RawRule& rule : raw_rules()) {
    if (rule.companion.empty()) continue;
    INFO(rule.id);
    const RE2 regex(rule.companion, regex_options());
    for (int round = 0; round < 100; ++round) {
      std::string text =
          ExampleGenerator(random()).expand(rule.examples[random() % rule.examples.size()]);
      for (int change = round % 4; change > 0; --change) text = changed(text, random);
      matcher.search(built_in(rule.id).companion_program, text, {0, text.size()});
      const auto answer = matcher.find({0, text.size() + 1});
      const bool theirs = regex.Match(text, 0, text.size(), RE2::UNANCHORED, nullptr, 0);
      INFO(text);
      CHECK(answer == (theirs ? RegexMatcher::Answer::match : RegexMatcher::Answer::none));
      matches += theirs;
    }
  }
  CHECK(matches > 500);
}

TEST_CASE("each rule's program matches what RE2 matches") {
  std::mt19937 random(17);
  RegexMatcher matcher;
  size_t matches = 0, starts = 0;
  for (const RawRule& rule : raw_rules()) {
    INFO(rule.id);
    const RegexProgram& program = built_in(rule.id).program;
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
        ++starts;
      }
    }
  }
  CHECK(matches > 10000);
  CHECK(starts > 100000);
}

}  // namespace pushguard::test
