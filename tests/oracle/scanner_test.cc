// SPDX-License-Identifier: Apache-2.0
// Filtering by keywords and matching in windows must give the same result as running every
// regex on the whole text.
#include <catch2/catch.hpp>

#include <re2/re2.h>

#include <deque>
#include <random>
#include <set>
#include <thread>
#include <tuple>

#include "detect/scanner.h"
#include "examples/example.h"
#include "keywords/end_max.h"
#include "regex/regex.h"
#include "rules/built_in.h"
#include "rules/rule_file.h"
#include "support/raw_rules.h"

namespace pushguard::test {
namespace {

constexpr int64_t kNow = 1767225600;

using Found = std::set<std::pair<size_t, size_t>>;

// A reference by its form is no secret, whatever its words are. The scanner tests the text after
// the literal prefix of a rule; here the prefix is part of the text.
bool is_reference(std::string_view secret) {
  return Templates({}, {}).match(secret, "").has_value();
}

Found plain(const Rule& rule, const std::string& text) {
  const RE2 regex(re2::StringPiece(rule.regex.data(), rule.regex.size()), regex_options());
  Found found;
  re2::StringPiece groups[kMostGroups];
  for (size_t at = 0; at < text.size() && regex.Match(text, at, text.size(), RE2::UNANCHORED,
                                                      groups, rule.secret_group + 1);) {
    const auto& secret = groups[rule.secret_group];
    if (secret.empty()) {
      at = static_cast<size_t>(groups[0].data() - text.data()) + groups[0].size() + 1;
      continue;
    }
    const auto begin = static_cast<size_t>(secret.data() - text.data());
    if (!is_reference({secret.data(), secret.size()})) found.emplace(begin, begin + secret.size());
    at = begin + secret.size();
  }
  return found;
}

}  // namespace

TEST_CASE("each rule finds in windows what its regex finds in the whole") {
  const Templates no_templates({}, {});
  std::mt19937 random(7);
  std::deque<std::vector<std::string_view>> storage;
  size_t found_in_all = 0;
  for (const RawRule& raw : raw_rules()) {
    if (raw.keywords.empty()) continue;  // its window is the whole file
    // Only the regex is tested, not validator, entropy and companion.
    RawRule bare = raw;
    bare.validator = nullptr;
    bare.min_entropy = 0;
    bare.companion_only = false;
    Rule rule = resolve(bare, storage);
    rule.of_site = true;  // its words and its edge are judged elsewhere
    const std::vector<std::span<const std::string_view>> keywords{rule.keywords};
    const std::vector<std::vector<uint32_t>> leads{
        end_maxes_of(raw.regex, raw.keywords, raw.facts.longest_match)};
    const KeywordTables tables(keywords, leads);
    const RuleSet set{{&rule, 1}, tables.index()};
    Scanner scanner({&set}, no_templates, kNow);

    std::string text;
    for (uint64_t i = 0; i < 12; ++i) {
      ExampleGenerator generator(random());
      switch (random() % 4) {
        case 0: text += raw.keywords[random() % raw.keywords.size()]; break;  // nothing after it
        case 1:
          text += i % 2 ? std::string(random() % 3000, '\xff') : generator.expand("{b62:2500}");
          break;
        case 2: text += '\n'; break;
        default: break;
      }
      text += generator.expand(raw.examples[random() % raw.examples.size()]);
      if (random() % 2) text += random() % 2 ? "\n" : "\xff";
    }
    Found windows;
    for (const Match& match : scanner.scan(text)) {
      const Range secret = match.secret;
      if (is_reference(std::string_view(text).substr(secret.begin, secret.size()))) continue;
      windows.emplace(secret.begin, secret.end);
    }
    const Found whole = plain(rule, text);
    INFO(raw.id);
    CHECK(windows == whole);
    found_in_all += whole.size();
  }
  CHECK(found_in_all > 1000);
}

TEST_CASE("threads that share what is compiled find what one scanner finds", "[threads]") {
  std::mt19937 random(3);
  std::vector<std::string> texts(1);
  for (const RawRule& raw : raw_rules()) {
    texts.back() += ExampleGenerator(random()).expand(raw.examples[0]) + "\n";
    if (random() % 8 == 0) texts.emplace_back();
  }
  const auto found_by = [&](Scanner& scanner) {
    std::vector<std::tuple<size_t, size_t, std::string_view>> found;
    for (const std::string& text : texts) {
      for (const Match& match : scanner.scan(text)) {
        found.emplace_back(match.secret.begin, match.secret.end, match.rule->id);
      }
    }
    return found;
  };
  Scanner alone({&built_in_rules()}, built_in_templates(), kNow);
  const auto expected = found_by(alone);
  CHECK(expected.size() > 500);
  std::deque<Scanner> scanners;
  scanners.emplace_back(std::vector{&built_in_rules()}, built_in_templates(), kNow);
  while (scanners.size() < 4) scanners.push_back(scanners.front().another());
  std::vector<std::remove_const_t<decltype(expected)>> found(scanners.size());
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < scanners.size(); ++i) {
      threads.emplace_back([&, i] { found[i] = found_by(scanners[i]); });
    }
  }
  for (const auto& of_one : found) CHECK(of_one == expected);
}

TEST_CASE("the keyword index finds what a search for each keyword finds") {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> texts;
    for (size_t i = 0; i < 1 + random() % 40; ++i) {
      std::string keyword;
      for (size_t length = 3 + random() % 5; keyword.size() < length;)
        keyword += "abc_-1"[random() % 6];
      texts.push_back(keyword);
    }
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    std::vector<std::vector<std::string_view>> own;
    std::vector<std::span<const std::string_view>> spans;
    for (const std::string& text : texts) own.push_back({text});
    for (const auto& one : own) spans.push_back(one);
    const KeywordTables tables(spans);
    const KeywordIndex index = tables.index();

    std::string content;
    for (size_t length = random() % 200; content.size() < length;)
      content += "abcABC_-1\xff\0 "[random() % 12];
    const Range range{random() % (content.size() + 1), content.size()};
    std::vector<KeywordHit> hits;
    index.find(content, range, hits);
    std::multiset<std::pair<size_t, std::string>> found, expected;
    for (const KeywordHit& hit : hits) found.emplace(hit.position, index.text(hit.keyword));
    std::string lower = content;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    for (const std::string& text : texts) {
      for (size_t at = lower.find(text, range.begin); at != lower.npos && at < range.end;
           at = lower.find(text, at + 1)) {
        expected.emplace(at, text);
      }
    }
    CHECK(found == expected);
  }
}

}  // namespace pushguard::test
