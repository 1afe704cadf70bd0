// SPDX-License-Identifier: Apache-2.0
// The entries of trees, and the copies of deltas reduced to whole entries, compared with plain
// lists of the entries of both trees.
#include "objects/tree_entries.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <string>

namespace pushguard::test {
namespace {

std::string entry(const std::string& mode, const std::string& name, const std::string& id) {
  return mode + " " + name + std::string(1, '\0') + id;
}

std::vector<TreeEntry> entries_of(std::string_view tree, size_t hash_size) {
  std::vector<TreeEntry> entries;
  each_entry(tree, {0, tree.size()}, hash_size,
             [&](const TreeEntry& entry) { entries.push_back(entry); });
  return entries;
}

class Deltas {
 public:
  Deltas(unsigned seed, size_t hash_size) : random_(seed), hash_size_(hash_size) {}

  std::string tree() {
    std::string content;
    for (size_t count = below(30); count-- > 0;) content += entry();
    return content;
  }

  // Makes a new version of the tree `base`: with copies as in git's deltas, or of any pieces.
  std::string next(const std::string& base, std::vector<Copy>& copies) {
    std::string content;
    const auto copy = [&](size_t begin, size_t end) {
      if (begin < end) copies.push_back({content.size(), begin, end - begin});
      content.append(base, begin, end - begin);
    };
    const auto entries = entries_of(base, hash_size_);
    size_t done = 0;
    for (size_t edits = below(5); edits-- > 0;) {
      const size_t rest = base.size() - done;
      if (below(3) == 0) {
        const size_t from = below(base.size() + 1), end = done + below(rest + 1);
        copy(done, end);
        copy(from, from + below(base.size() - from + 1));
        done = end;
      } else if (!entries.empty()) {
        const TreeEntry& changed = entries[below(entries.size())];
        const size_t id = changed.end - hash_size_;
        if (id < done) continue;
        const size_t begin = std::max(done, changed.begin);
        const size_t kind = below(3);  // 0: another id, 1: one entry less, 2: one more
        copy(done, kind == 0 ? id : begin);
        if (kind == 0) content += this->id();
        if (kind == 2) content += entry();
        done = kind == 2 ? begin : changed.end;
      }
    }
    copy(done, base.size());
    return content;
  }

 private:
  size_t below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  // Many ids contain a byte that ends names or modes.
  std::string id() {
    std::string bytes(hash_size_, 0);
    for (char& c : bytes) c = "\0 a1"[below(4)];
    return bytes;
  }

  std::string entry() {
    std::string name(1 + below(5), 'x');
    for (char& c : name) c = static_cast<char>('a' + below(3));
    return test::entry(below(2) == 0 ? "100644" : "40000", name, id());
  }

  std::mt19937 random_;
  size_t hash_size_;
};

}  // namespace

TEST_CASE("a tree's entries, up to the first damaged one") {
  const size_t size = GENERATE(20, 32);
  const auto id = [&](char digit) { return std::string(size, digit); };
  const std::string good = entry("100644", "a b", id('1')) + entry("40000", "dir", id('2')) +
                           entry("160000", "sub", id('3')) + entry("120000", "link", id('4'));
  for (const std::string& content :
       {good, good + "100644 cut", good + entry("100644", "cut", std::string(size - 1, '5')),
        good + std::string("nospace\0", 8) + id('x')}) {
    const auto entries = entries_of(content, size);
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].name == "a b");
    CHECK(entries[0].id().raw()[size - 1] == '1');
    CHECK(entries[0].begin == 0);
    CHECK(entries[0].end == entries[1].begin);
    CHECK_FALSE(entries[0].is_tree());
    CHECK(entries[1].is_tree());
    CHECK(entries[2].is_gitlink());
    CHECK_FALSE(entries[3].is_tree());
    CHECK(entry_places(content, size).back() == good.size());
  }
  CHECK(entries_of("", size).empty());
}

TEST_CASE("a mode is an octal number with any number of leading zeros") {
  const auto kinds = [](const std::string& mode) {
    const std::string tree = entry(mode, "name", std::string(20, '1'));
    const auto only = tree_entry(tree, 0, 20);
    return std::pair(only->is_tree(), only->is_gitlink());
  };
  const std::pair none(false, false), is_tree(true, false), is_gitlink(false, true);
  for (const char* mode : {"40000", "040000", "0040000"}) CHECK(kinds(mode) == is_tree);
  for (const char* mode : {"160000", "00160000"}) CHECK(kinds(mode) == is_gitlink);
  for (const char* mode : {"100644", "0100644", "120000", "", "4000x", "4000"}) {
    CHECK(kinds(mode) == none);
  }
}

TEST_CASE("a delta keeps the entries that its base has too, all of them and no others") {
  const size_t hash_size = GENERATE(20, 32);
  size_t kept = 0, fresh = 0, damaged = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    INFO("seed " << seed);
    Deltas deltas(seed, hash_size);
    const std::string base = deltas.tree();
    std::vector<Copy> copies;
    const std::string tree = deltas.next(base, copies);
    const std::vector<Copy> given = copies;
    EntryPlaces places;
    keep_whole_entries(tree, entry_places(base, hash_size), hash_size, copies, &places);

    const auto entries = entries_of(tree, hash_size);
    EntryPlaces expected;
    for (const TreeEntry& entry : entries) expected.push_back(static_cast<uint32_t>(entry.begin));
    expected.push_back(static_cast<uint32_t>(entries.empty() ? 0 : entries.back().end));
    CHECK(places == expected);
    damaged += expected.back() != tree.size();

    std::set<std::pair<size_t, size_t>> in_base;
    for (const TreeEntry& entry : entries_of(base, hash_size)) {
      in_base.emplace(entry.begin, entry.end);
    }
    for (const TreeEntry& entry : entries) {
      const auto has_it = [&](const Copy& copy) {
        const size_t begin = entry.begin - copy.begin + copy.base;
        return copy.begin <= entry.begin && entry.end <= copy.end() &&
               in_base.contains({begin, begin + entry.end - entry.begin});
      };
      CHECK(std::ranges::any_of(copies, has_it) == std::ranges::any_of(given, has_it));
      (std::ranges::any_of(copies, has_it) ? kept : fresh) += 1;
    }
    size_t end = 0;
    for (const Copy& copy : copies) {
      CHECK(copy.begin >= end);
      CHECK(std::ranges::count(places, copy.begin) == 1);
      CHECK(std::ranges::count(places, copy.end()) == 1);
      CHECK(std::string_view(tree).substr(copy.begin, copy.size) ==
            std::string_view(base).substr(copy.base, copy.size));
      end = copy.end();
    }
  }
  CHECK(kept > 10000);
  CHECK(fresh > 1000);
  CHECK(damaged > 100);
}

}  // namespace pushguard::test
