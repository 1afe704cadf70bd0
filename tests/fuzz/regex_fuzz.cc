// SPDX-License-Identifier: Apache-2.0
// The facts that are derived from a rule's regex, tested against RE2.
//
// An input is the size of a text, the text, and the regex.
#include <algorithm>

#include "examples/rule_example.h"
#include "fuzz/fuzz.h"
#include "regex/facts.h"
#include "regex/go_regex.h"
#include "regex/matcher.h"
#include "regex/regex.h"
#include "regex/sequence.h"
#include "rules/built_in.h"

namespace pushguard::fuzz {
namespace {

constexpr size_t kMostItems = 60;  // each is compiled

// What matches nothing is written with a character that Latin-1 has not, and a group's name in
// UTF-8; RE2 leaves out the end of what is very long.
bool is_refused(const std::string& written) {
  return written.find("10ffff") != written.npos || written.find("[truncated]") != written.npos ||
         (written.find("(?P<") != written.npos &&
          std::ranges::any_of(written, [](char c) { return c < 0; }));
}

// A program gives RE2's match, or leaves the text to it.
void compare_program(const RE2& whole, const std::string& regex, const std::string& text) {
  SetPool sets;
  const int group = whole.NumberOfCapturingGroups() > 0 ? 1 : 0;
  const auto compiled = compile_program(regex, group, sets);
  if (!compiled) return;
  const RegexProgram program = compiled->view(sets);
  RegexMatcher matcher;
  matcher.search(program, text, {0, text.size()});
  const RegexMatcher::Answer answer = matcher.find({0, text.size() + 1});
  if (answer == RegexMatcher::Answer::undecided) return;
  re2::StringPiece groups[2];
  const bool matches = whole.Match(text, 0, text.size(), RE2::UNANCHORED, groups, 1 + group);
  expect(matches == (answer == RegexMatcher::Answer::match), "a program matches where RE2 does");
  if (!matches) return;
  const auto is = [&](const Range& range, const re2::StringPiece& piece) {
    return range.size() == piece.size() &&
           (piece.empty() || text.data() + range.begin == piece.data());
  };
  expect(is(matcher.match(), groups[0]) && is(matcher.secret(), groups[group]),
         "a program's match and group are RE2's");
}

bool matches_whole(const RE2& regex, std::string_view text, size_t begin, size_t end) {
  return regex.ok() && regex.Match(text, begin, end, RE2::ANCHOR_BOTH, nullptr, 0);
}

}  // namespace

std::vector<std::string> seeds() {
  std::vector<std::string> inputs;
  for (const RawRule& rule : raw_rules()) {
    const std::string text = make_example(rule, 0).text.substr(0, 0xff);
    inputs.push_back(static_cast<char>(text.size()) + text + rule.regex);
  }
  // Syntax that rules seldom use.
  for (const std::string regex : {"[[:]", "[^]a-z[:alpha:]]", "[A-[:x:]]", "\\Qab\\E*", "a\\Q\\E+",
                                  "a{1,2,3}", "(?i:a|b)c", "\\pL\\x{61}\\061", "(?s-i:.)*?$",
                                  "(?P<n>a)|b", "\\C{2,}(?:)", "a{1}{02}b?", "\\Qab\\E{0}"}) {
    inputs.push_back("\004aabb" + regex);
  }
  return inputs;
}

void run(std::string_view input) {
  Taker taker(input);
  const std::string text(taker.text(taker.byte())), regex(taker.rest());
  const std::string translated = from_go(regex).regex;
  const bool is_shared = std::ranges::all_of(regex, [](char c) { return c > 0; }) &&
                         regex.find("\\x") == regex.npos && regex.find("(?<") == regex.npos;
  expect(!is_shared || translated == regex, "what Go and C++ share is left as it is");
  RE2::Options options = regex_options();
  options.set_max_mem(1 << 20);
  const RE2 whole(regex, options);
  if (!whole.ok()) return;
  compare_program(whole, regex, text);
  const RegexFacts facts = facts_of(regex, {});
  const RegexSequence sequence(regex);
  const auto alternatives = sequence.alternatives();

  options.set_longest_match(true);
  const RE2 greedy(regex, options);
  re2::StringPiece match;
  if (!greedy.Match(text, 0, text.size(), RE2::UNANCHORED, &match, 1)) return;
  expect(facts.longest_match == 0 || match.size() <= facts.longest_match,
         "no match is longer than the longest");
  const auto begin = static_cast<size_t>(match.data() - text.data()), end = begin + match.size();
  expect(met_in(facts.required_runs, text.substr(begin, match.size())),
         "a match contains the required runs");
  for (size_t count = 0; count <= std::min(sequence.size(), kMostItems); ++count) {
    const std::string prefix = sequence.prefix(count);
    const RE2 first(prefix, options);
    if (!first.ok() && is_refused(prefix)) continue;
    expect(first.ok(), "a prefix is a regex");
    expect(first.Match(text, begin, end, RE2::ANCHOR_START, &match, 1),
           "a match starts with a match of each prefix");
    const auto longest = sequence.longest_match(count);
    expect(!longest || match.size() <= *longest, "no match of a prefix is longer than its longest");
  }
  expect(alternatives.empty() ||
             std::ranges::any_of(alternatives,
                                 [&](const RegexSequence& one) {
                                   const std::string all = one.prefix(one.size());
                                   return is_refused(all) ||
                                          matches_whole(RE2(all, options), text, begin, end);
                                 }),
         "what a regex matches, an alternative of it does");
}

}  // namespace pushguard::fuzz
