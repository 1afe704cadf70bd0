// SPDX-License-Identifier: Apache-2.0
// The contents of trees, compared with plain lists of paths and ids: nested trees, and versions
// of them as deltas that copy from anywhere, in any order.
#include "history/tree_contents.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "objects/tree_entries.h"

namespace pushguard::test {
namespace {

struct Entry {
  std::string mode, name;
  Oid id;
};

struct TestTree {
  Oid id;
  std::vector<Entry> entries;
  const TestTree* base = nullptr;
  std::string content;
  std::unique_ptr<Remembered> remembered;
};

class RandomTrees {
 public:
  RandomTrees(unsigned seed, size_t hash_size) : random_(seed), hash_size_(hash_size) {
    for (size_t i = 0; i < 12; ++i) blobs_.push_back(new_id());
    wanted.insert(blobs_.begin(), blobs_.begin() + 4);
    server_tree_ = new_id();
  }

  void make(size_t count) {
    while (trees.size() < count) {
      auto tree = std::make_unique<TestTree>();
      tree->id = new_id();
      if (!trees.empty() && below(4) != 0) {
        tree->base = trees[below(trees.size())].get();
        tree->entries = tree->base->entries;
        for (size_t edits = 1 + below(3); edits-- > 0;) edit(tree->entries);
      } else {
        for (size_t size = below(80); size-- > 0;) tree->entries.push_back(entry());
      }
      for (const Entry& e : tree->entries) tree->content += raw(e);
      if (below(20) == 0) wanted.insert(tree->id);
      trees.push_back(std::move(tree));
    }
  }

  // "path id" for each wanted entry, except below trees of the server, which are unknown.
  std::multiset<std::string> held(const TestTree& tree, const std::string& path = {}) const {
    std::multiset<std::string> all;
    if (wanted.contains(tree.id)) all.insert(path + " " + tree.id.hex());
    for (const Entry& e : tree.entries) {
      const std::string place = path + "/" + e.name;
      const auto known = std::ranges::find(trees, e.id, [](const auto& t) { return t->id; });
      if (e.mode == "40000" && known != trees.end()) {
        all.merge(held(**known, place));
      } else if (e.mode == "40000" || (e.mode == "100644" && wanted.contains(e.id))) {
        all.insert(place + " " + e.id.hex());
      }
    }
    return all;
  }

  // The longest runs of `content` that are also in `base`, from the left; they may cut entries.
  std::vector<Copy> copies(std::string_view content, std::string_view base) {
    constexpr size_t kShortest = 7;
    std::multimap<std::string_view, size_t> places;
    for (size_t at = 0; at + kShortest <= base.size(); ++at) {
      places.emplace(base.substr(at, kShortest), at);
    }
    std::vector<Copy> all;
    for (size_t at = 0; at + kShortest <= content.size();) {
      Copy best{at, 0, 0};
      const auto [first, last] = places.equal_range(content.substr(at, kShortest));
      for (auto place = first; place != last; ++place) {
        const auto ends = std::ranges::mismatch(content.substr(at), base.substr(place->second));
        const auto size = static_cast<size_t>(ends.in1 - content.begin()) - at;
        if (size > best.size) best = {at, place->second, size};
      }
      if (best.size > 40 && below(3) == 0) best.size -= below(40);
      if (best.size > 0) all.push_back(best);
      at += std::max<size_t>(best.size, 1);
    }
    return all;
  }

  std::vector<std::unique_ptr<TestTree>> trees;  // bases before their deltas
  OidSet wanted;

 private:
  size_t below(size_t limit) { return random_() % limit; }

  Oid new_id() {
    std::string bytes(hash_size_, 0);
    for (char& c : bytes) c = static_cast<char>(random_());
    return Oid::from_raw({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
  }

  Entry entry() {
    const std::string name = fmt::format("{}{}", static_cast<char>('a' + below(26)), below(40));
    if (!trees.empty() && below(6) == 0) return {"40000", name, trees[below(trees.size())]->id};
    if (below(40) == 0) return {"40000", name, server_tree_};
    return {below(20) == 0 ? "160000" : "100644", name, blobs_[below(blobs_.size())]};
  }

  void edit(std::vector<Entry>& entries) {
    const size_t at = below(entries.size() + 1);
    const auto place = entries.begin() + static_cast<ptrdiff_t>(at);
    switch (at == entries.size() ? 0 : below(4)) {
      case 0: entries.insert(place, entry()); break;
      case 1: entries.erase(place); break;
      case 2: *place = entry(); break;
      default: std::rotate(entries.begin(), place, entries.end());
    }
  }

  static std::string raw(const Entry& e) {
    std::string bytes = e.mode + " " + e.name;
    bytes += '\0';
    return bytes.append(reinterpret_cast<const char*>(e.id.bytes.data()), e.id.size);
  }

  std::mt19937_64 random_;
  size_t hash_size_;
  std::vector<Oid> blobs_;
  Oid server_tree_;
};

void add_all(RandomTrees& made, TreeContents& tree_contents, bool as_deltas) {
  for (const auto& tree : made.trees) {
    Object object{tree->id, ObjectType::tree, tree->content};
    std::vector<Copy> copies;
    if (tree->base && as_deltas) {
      copies = made.copies(tree->content, tree->base->content);
      keep_whole_entries(tree->content, entry_places(tree->base->content, tree->id.size),
                         tree->id.size, copies, nullptr);
      object.base = tree->base->remembered.get();
      object.base_size = tree->base->content.size();
      object.copies = copies;
    }
    object.remember = &tree->remembered;
    tree_contents.add(object);
  }
}

}  // namespace

TEST_CASE(
    "two trees have the same number exactly when they have the same contents at the same paths") {
  const size_t hash_size = GENERATE(20, 32);
  const bool as_deltas = GENERATE(true, false), twice = GENERATE(false, true);
  for (unsigned seed = 0; seed < 6; ++seed) {
    INFO("seed " << seed);
    RandomTrees made(seed, hash_size);
    made.make(40);
    OidTable ids(hash_size);
    std::mutex lock;
    TreeContents tree_contents(made.wanted, ids, lock);
    add_all(made, tree_contents, as_deltas);
    if (twice) add_all(made, tree_contents, !as_deltas);
    REQUIRE(tree_contents.resolve({}));
    std::map<uint64_t, std::multiset<std::string>> by_number;
    std::map<std::multiset<std::string>, uint64_t> by_list;
    for (const auto& tree : made.trees) {
      const uint64_t number = tree_contents.of(*ids.find(tree->id));
      const auto list = made.held(*tree);
      CHECK((number == 0) == list.empty());
      CHECK(by_number.try_emplace(number, list).first->second == list);
      CHECK(by_list.try_emplace(list, number).first->second == number);
    }
  }
}

TEST_CASE("an extra wanted entry counts only in its tree and in that tree's deltas") {
  const auto id = [](char digit) { return *Oid::from_hex(std::string(40, digit)); };
  std::string content = "100644 other";
  content += '\0';
  content.append(reinterpret_cast<const char*>(id('b').bytes.data()), 20);
  std::unique_ptr<Remembered> remembered;
  OidTable ids(20);
  std::mutex lock;
  TreeContents tree_contents({id('a')}, ids, lock);
  Object base{id('c'), ObjectType::tree, content};
  base.remember = &remembered;
  tree_contents.add(base, {id('b')});
  Object delta{id('d'), ObjectType::tree, content};
  const Copy copy{0, 0, content.size()};
  delta.base = remembered.get();
  delta.base_size = content.size();
  delta.copies = {&copy, 1};
  tree_contents.add(delta);
  tree_contents.add({id('e'), ObjectType::tree, content});
  REQUIRE(tree_contents.resolve({}));
  const auto of = [&](char digit) { return tree_contents.of(*ids.find(id(digit))); };
  CHECK(of('c') != 0);
  CHECK(of('d') == of('c'));
  CHECK(of('e') == 0);
}

TEST_CASE("trees deeper than any path are not settled") {
  const size_t depth = GENERATE(100, 300);
  std::vector<Oid> chain;
  for (size_t i = 0; i <= depth; ++i) {
    chain.push_back(*Oid::from_hex(fmt::format("{:040x}", i + 1)));
  }
  OidTable ids(20);
  std::mutex lock;
  TreeContents tree_contents({chain[0]}, ids, lock);
  for (size_t i = depth; i > 0; --i) {
    std::string content(i == 1 ? "100644 f" : "40000 d");
    content += '\0';
    content.append(reinterpret_cast<const char*>(chain[i - 1].bytes.data()), 20);
    tree_contents.add({chain[i], ObjectType::tree, content});
  }
  CHECK(tree_contents.resolve({}) == (depth == 100));
}

// An algorithm that handles each occurrence of the tree at each entry with its id takes 10^11
// steps.
TEST_CASE("a tree that is in many trees many times is numbered in time") {
  const auto id = [](char digit) { return *Oid::from_hex(std::string(40, digit)); };
  const auto entry = [](const std::string& start, const Oid& oid) {
    return start + '\0' + std::string(reinterpret_cast<const char*>(oid.bytes.data()), 20);
  };
  OidTable ids(20);
  std::mutex lock;
  TreeContents tree_contents({id('a')}, ids, lock);
  const std::string held = entry("100644 f", id('a'));
  std::unique_ptr<Remembered> remembered;
  Object base{id('b'), ObjectType::tree, held};
  base.remember = &remembered;
  tree_contents.add(base);
  const Copy all{0, 0, held.size()};
  Object again{id('b'), ObjectType::tree, held};
  again.base = remembered.get();
  again.base_size = held.size();
  again.copies = {&all, 1};
  for (int i = 0; i < 200000; ++i) tree_contents.add(again);
  std::string names_it;
  for (int i = 0; i < 500000; ++i) names_it += entry(fmt::format("40000 {:06}", i), id('b'));
  tree_contents.add({id('c'), ObjectType::tree, names_it});
  REQUIRE(tree_contents.resolve({}));
  CHECK(tree_contents.of(*ids.find(id('b'))) != 0);
  CHECK(tree_contents.of(*ids.find(id('c'))) != 0);
}

TEST_CASE("trees that differ in more entries than are kept are not settled") {
  const size_t most = GENERATE(1, 2);
  const Oid wanted = *Oid::from_hex(std::string(40, 'a')),
            tree = *Oid::from_hex(std::string(40, 'b'));
  std::string content;
  for (const char* entry : {"100644 f", "100644 g"}) {
    content += entry + std::string(1, '\0');
    content.append(reinterpret_cast<const char*>(wanted.bytes.data()), 20);
  }
  OidTable ids(20);
  std::mutex lock;
  TreeContents tree_contents({wanted}, ids, lock, most);
  tree_contents.add({tree, ObjectType::tree, content});
  CHECK(tree_contents.resolve({}) == (most == 2));
}

TEST_CASE("a damaged tree has the entries before the damage") {
  const Oid wanted = *Oid::from_hex(std::string(40, 'a')),
            tree = *Oid::from_hex(std::string(40, 'b'));
  std::string content = "100644 f";
  content += '\0';
  content.append(reinterpret_cast<const char*>(wanted.bytes.data()), 20);
  const std::string damage = GENERATE("", "1", "100644 g", "no mode");
  const bool cut = GENERATE(false, true);
  OidTable ids(20);
  std::mutex lock;
  TreeContents tree_contents({wanted}, ids, lock);
  tree_contents.add({tree, ObjectType::tree, cut ? content.substr(0, 20) : content + damage});
  REQUIRE(tree_contents.resolve({}));
  CHECK((tree_contents.of(*ids.find(tree)) != 0) == !cut);
}

}  // namespace pushguard::test
