// SPDX-License-Identifier: Apache-2.0
// Which rule has a place, and in which files.
#include "detect/candidate.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <string>

namespace pushguard {
namespace {

constexpr std::string_view kOfA[] = {"*.a"}, kOfB[] = {"*.b"}, kOfBoth[] = {"*.a", "*.b"};
constexpr std::string_view kPaths[] = {"x.a", "x.b", "x.c"};

Rule rule(std::string_view id, std::span<const std::string_view> paths = {},
          std::string_view provider = "Acme") {
  static constexpr std::string_view kKeyword[] = {"key"};
  Rule made{};
  made.id = id;
  made.provider = provider;
  made.keywords = kKeyword;
  made.paths = paths;
  return made;
}

const std::array kRules{rule("any"),
                        rule("of-a", kOfA),
                        rule("of-a-too", kOfA),
                        rule("of-b", kOfB),
                        rule("of-both", kOfBoth),
                        rule("vague", {}, "Generic"),
                        rule("vaguer", {}, "Generic")};

Candidate candidate(std::string_view id, Range secret, Confidence confidence = Confidence::likely,
                    Candidate::Kind kind = Candidate::Kind::finding) {
  const auto of = std::ranges::find(kRules, id, &Rule::id);
  Candidate made;
  made.match.rule = &*of;
  made.match.secret = made.window = secret;
  made.match.confidence = confidence;
  made.kind = kind;
  return made;
}

bool counts(const Match& match, std::string_view path) {
  return counts_in_file(*match.rule, match.yields_to, path);
}

// "x.a: ids, x.b: ids, x.c: ids" of what counts there.
std::string outcome(const std::vector<Candidate>& candidates) {
  std::string text;
  for (const std::string_view path : kPaths) {
    text += std::string(text.empty() ? "" : ", ") + std::string(path) + ":";
    for (const Match& match : without_overlaps(candidates)) {
      if (counts(match, path)) text += " " + std::string(match.rule->id);
    }
  }
  return text;
}

}  // namespace

TEST_CASE("a rule about certain files has a place in those alone") {
  constexpr auto kSure = Confidence::confirmed;
  CHECK(outcome({candidate("any", {0, 9}), candidate("of-a", {0, 9}, kSure)}) ==
        "x.a: of-a, x.b: any, x.c: any");
  CHECK(outcome({candidate("any", {0, 9}, kSure), candidate("of-a", {0, 9})}) ==
        "x.a: any, x.b: any, x.c: any");
  CHECK(outcome({candidate("of-a", {0, 9}), candidate("of-b", {0, 9})}) ==
        "x.a: of-a, x.b: of-b, x.c:");
  CHECK(outcome({candidate("of-a", {0, 9}), candidate("of-both", {0, 9})}) ==
        "x.a: of-a, x.b: of-both, x.c:");
  // Overlapping in turn: more is reported than one place has, never less.
  CHECK(outcome({candidate("of-a", {0, 5}), candidate("any", {4, 9}),
                 candidate("of-b", {8, 12})}) == "x.a: of-a, x.b: any of-b, x.c: any");
}

TEST_CASE("a generic rule says nothing where a rule about the file knows the value") {
  CHECK(outcome({candidate("vague", {0, 9}), candidate("of-a", {0, 9})}) ==
        "x.a: of-a, x.b: vague, x.c: vague");
  CHECK(outcome({candidate("vague", {0, 9}, Confidence::confirmed),
                 candidate("of-a", {0, 9}, Confidence::likely, Candidate::Kind::dismissed)}) ==
        "x.a:, x.b: vague, x.c: vague");
  CHECK(outcome({candidate("vague", {0, 9}),
                 candidate("any", {0, 9}, Confidence::likely, Candidate::Kind::dismissed)}) ==
        "x.a:, x.b:, x.c:");
}

TEST_CASE("a generic rule reports what has wrong check characters, but not as a strong one") {
  Candidate generic = candidate("vague", {0, 9});
  generic.match.is_strong = true;
  for (const auto kind : {Candidate::Kind::unproven, Candidate::Kind::dismissed}) {
    const auto matches = without_overlaps({generic, candidate("any", {0, 9}, {}, kind)});
    REQUIRE(matches.size() == (kind == Candidate::Kind::unproven));
    if (!matches.empty()) CHECK_FALSE(matches[0].is_strong);
  }
  const auto apart =
      without_overlaps({generic, candidate("any", {10, 19}, {}, Candidate::Kind::unproven)});
  REQUIRE(apart.size() == 1);
  CHECK(apart[0].is_strong);
}

TEST_CASE("examples have their places by the same rules") {
  const std::vector<Candidate> candidates = {
      candidate("any", {5, 9}, Confidence::likely, Candidate::Kind::example),
      candidate("of-a", {2, 9}, Confidence::likely, Candidate::Kind::example),
      candidate("any", {0, 2}, Confidence::likely, Candidate::Kind::example)};
  const std::vector<Match> examples = examples_without_overlaps(candidates, 3);
  REQUIRE(examples.size() == 3);
  CHECK(examples[0].secret == Range{0, 2});
  CHECK(counts(examples[1], "x.a"));
  CHECK_FALSE(counts(examples[2], "x.a"));
  CHECK(counts(examples[2], "x.b"));
  CHECK(examples_without_overlaps(candidates, 1).size() == 1);
}

TEST_CASE("in a file, what fits counts or overlaps something that counts") {
  std::mt19937 random(1);
  for (int trial = 0; trial < 20000; ++trial) {
    std::vector<Candidate> candidates;
    for (const Rule& of : kRules) {
      if (is_generic(of)) continue;
      for (size_t at = random() % 6; at < 20; at += random() % 8) {
        const size_t end = at + 1 + random() % 6;
        candidates.push_back(candidate(of.id, {at, end}, Confidence(random() % 3)));
        at = end;
      }
    }
    const std::vector<Match> matches = without_overlaps(candidates);
    for (const std::string_view path : kPaths) {
      for (const Candidate& one : candidates) {
        if (!applies_to(*one.match.rule, path)) continue;
        const bool covered = std::ranges::any_of(matches, [&](const Match& match) {
          return counts(match, path) && match.secret.overlaps(one.match.secret) &&
                 match.confidence >= one.match.confidence;
        });
        if (!covered) FAIL_CHECK("trial " << trial << ": " << one.match.rule->id << " in " << path);
      }
    }
  }
}

TEST_CASE("of rules that find the same place, one counts in each file") {
  std::mt19937 random(1);
  for (int trial = 0; trial < 5000; ++trial) {
    std::vector<Candidate> candidates;
    for (const Rule& of : kRules) {
      if (random() % 2) candidates.push_back(candidate(of.id, {3, 9}, Confidence(random() % 3)));
    }
    const std::vector<Match> matches = without_overlaps(candidates);
    for (const std::string_view path : kPaths) {
      const auto fits = [&](const Candidate& one) { return applies_to(*one.match.rule, path); };
      const auto in_file =
          std::ranges::count_if(matches, [&](const Match& match) { return counts(match, path); });
      CHECK(in_file == std::ranges::any_of(candidates, fits));
    }
  }
}

}  // namespace pushguard
