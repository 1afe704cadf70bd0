// SPDX-License-Identifier: Apache-2.0
// The keyword index, compared with a plain search in longer texts than the oracle test has.
#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <random>

#include "keywords/filter.h"
#include "keywords/index.h"

namespace pushguard::test {
namespace {

using std::string, std::string_view;

struct Tables {
  explicit Tables(std::vector<string> all) : texts(std::move(all)) {
    for (const string& text : texts) own.push_back({text});
    for (const auto& one : own) spans.push_back(one);
    tables.emplace(spans);
  }
  std::vector<string> texts;
  std::vector<std::vector<string_view>> own;
  std::vector<std::span<const string_view>> spans;
  std::optional<KeywordTables> tables;
};

using Found = std::vector<std::pair<size_t, string>>;

Found found(const KeywordIndex& index, string_view content, Range range) {
  std::vector<KeywordHit> hits;
  index.find(content, range, hits);
  CHECK(std::ranges::is_sorted(hits, {}, &KeywordHit::position));
  Found all;
  for (const KeywordHit& hit : hits) all.emplace_back(hit.position, index.text(hit.keyword));
  std::ranges::sort(all);
  return all;
}

Found expected(const std::vector<string>& texts, string content, Range range) {
  for (char& c : content) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  Found all;
  for (const string& text : texts) {
    for (size_t at = range.begin; (at = content.find(text, at)) < range.end; ++at) {
      all.emplace_back(at, text);
    }
  }
  std::ranges::sort(all);
  return all;
}

string random_text(std::mt19937& random, string_view characters, size_t size) {
  string text;
  while (text.size() < size) text += characters[random() % characters.size()];
  return text;
}

}  // namespace

TEST_CASE("keywords are found at every place in a content and in a range") {
  std::mt19937 random(3);
  const std::vector<string> texts{"://",        "sk_",         "re_",          "akia",
                                  "ghp_",       "'sk_",        "token",        "secret",
                                  "privatekey", "private key", "-----begin a", "\xc3\xa9t\xc3\xa9"};
  const Tables tables(texts);
  for (size_t size = 0; size < 300; ++size) {
    // One keyword at a random place; a content that is shorter cuts it off.
    const string& text = texts[random() % texts.size()];
    const size_t at = size < text.size() ? 0 : random() % (size - text.size() + 1);
    string content = random_text(random, "kK_' .e", size);
    content.replace(at, std::min(text.size(), size), text.substr(0, size));
    const size_t begin = random() % (size + 1), end = begin + random() % (size - begin + 1);
    const Range start{at, std::min(at + 1, size)};
    for (const Range range : {Range{0, size}, Range{begin, end}, start}) {
      INFO(size << " " << at << " " << range.begin << " " << range.end);
      CHECK(found(tables.tables->index(), content, range) == expected(texts, content, range));
    }
  }
}

TEST_CASE("in long contents as well, with many keywords that resemble each other") {
  std::mt19937 random(5);
  for (int round = 0; round < 20; ++round) {
    std::vector<string> texts;
    for (int i = 0; i < 200; ++i) texts.push_back(random_text(random, "abc_-1", 3 + random() % 10));
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    const Tables tables(texts);
    const string content = random_text(random, "abcABC_-1q\xe1 ", 4000 + random() % 10'000);
    const Range range{random() % 100, content.size() - random() % 100};
    CHECK(found(tables.tables->index(), content, range) == expected(texts, content, range));
  }
}

TEST_CASE("every processor finds the same") {
  std::mt19937 random(7);
  std::vector<string> texts;
  while (texts.size() < 300) {
    texts.push_back(random_text(random, "abcdefgh_-1", 3 + random() % 10));
  }
  const Tables tables(texts);
  const KeywordIndex index = tables.tables->index();
  const KeywordFilter filter{index.filter.data(), index.near.data(), index.known.data()};
  for (size_t size = 1; size < 1000; size += 1 + size / 50) {
    const string content = random_text(random, "abcdefghABCD_-1\xff", size);
    const size_t begin = 1 + random() % size;
    const Range range{std::min(begin, size), size};
    Flagged fastest, portable;
    const size_t count = filter_scan()(filter, content, range, fastest);
    REQUIRE(count == portable_filter_scan()(filter, content, range, portable));
    const auto end = fastest.begin() + static_cast<ptrdiff_t>(count);
    CHECK(std::equal(fastest.begin(), end, portable.begin()));
  }
}

}  // namespace pushguard::test
