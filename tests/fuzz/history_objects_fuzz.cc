// SPDX-License-Identifier: Apache-2.0
// Commits, tags and trees with any bytes that a pusher may write.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "history/commit.h"
#include "history/tree_contents.h"
#include "objects/tree_entries.h"

namespace pushguard::fuzz {
namespace {

// A tree made from two parts of the input has the same contents when it arrives as a delta
// whose base is the input: what is known about the base's entries is right for copied bytes.
void compare_contents(std::string_view input, size_t hash_size) {
  if (input.size() < 4) return;
  const std::string_view base = input.substr(4);
  const auto cut = [&](size_t i) { return base.size() * static_cast<uint8_t>(input[i]) / 255; };
  const auto part = [&](size_t i) {
    const auto [begin, end] = std::minmax({cut(i), cut(i + 1)});
    return Range{begin, end};
  };
  std::string content;
  std::vector<Copy> copies;
  for (const Range& range : {part(0), part(2)}) {
    if (range.size() == 0) continue;
    copies.push_back({content.size(), range.begin, range.size()});
    content += base.substr(range.begin, range.size());
    content += "100644 ";  // the copied bytes may continue the name
  }
  const auto id = [&](char digit) { return *Oid::from_hex(std::string(2 * hash_size, digit)); };
  OidSet wanted;
  each_entry(content, {0, content.size()}, hash_size, [&](const TreeEntry& entry) {
    if (entry.id().bytes[0] % 2 == 0) wanted.insert(entry.id());
  });
  for (const char digit : {'1', '2', '3'}) wanted.erase(id(digit));
  EntryPlaces places;
  keep_whole_entries(content, entry_places(base, hash_size), hash_size, copies, &places);
  expect(places == entry_places(content, hash_size), "a delta's entries are the whole tree's");
  OidTable ids(hash_size);
  std::mutex lock;
  TreeContents tree_contents(wanted, ids, lock);
  std::unique_ptr<Remembered> remembered;
  Object first{id('1'), ObjectType::tree, base};
  first.remember = &remembered;
  tree_contents.add(first);
  Object delta{id('2'), ObjectType::tree, content};
  delta.base = remembered.get();
  delta.base_size = base.size();
  delta.copies = copies;
  tree_contents.add(delta);
  tree_contents.add({id('3'), ObjectType::tree, content});
  tree_contents.resolve({});
  expect(tree_contents.of(*ids.find(id('2'))) == tree_contents.of(*ids.find(id('3'))),
         "a delta holds what the whole tree holds");
}

}  // namespace

// The first four bytes choose what is copied.
std::string large_tree() {
  std::string tree = {0, 100, 50, '\xff'};
  for (char i = 0; i < 100; ++i) {
    tree += i % 9 == 0 ? "40000 d" : "100644 f";
    tree += std::string(1, '\0') + std::string(20, static_cast<char>(i + 1));
  }
  return tree;
}

std::vector<std::string> seeds() {
  const std::string id(40, 'a'), long_id(64, 'b');
  std::string tree = "100644 file" + std::string(1, '\0') + std::string(20, '\1');
  tree += "40000 dir" + std::string(1, '\0') + std::string(20, '\2');
  return {"tree " + id + "\nparent " + id +
              "\nauthor Ann <ann@example.com> 1 +0000\n"
              "committer Ann <ann@example.com> 1 +0000\n\nSubject\n\nBody\n",
          "tree " + long_id + "\ngpgsig x\n y\n\n",
          "object " + id + "\ntype commit\ntag v1\n\nText\n",
          tree,
          tree + "160000 sub" + std::string(1, '\0') + std::string(20, '\3'),
          large_tree()};
}

void run(std::string_view input) {
  if (const auto commit = parse_commit(input)) {
    expect(commit->tree.size != 0, "a commit has a tree");
    expect(commit->subject.find('\n') == std::string::npos, "a subject is one line");
    expect(commit->author.find('\n') == std::string::npos, "an author is one line");
  }
  parse_tag_target(input);
  for (const size_t hash_size : {20, 32}) {
    size_t bytes = 0;
    each_entry(input, {0, input.size()}, hash_size, [&](const TreeEntry& entry) {
      expect(entry.raw_id.size() == hash_size, "an entry's id has the repository's size");
      expect(!(entry.is_tree() && entry.is_gitlink()), "an entry is of one kind");
      bytes += entry.name.size() + hash_size + 2;
    });
    expect(bytes <= input.size(), "entries are no larger than their tree");
    compare_contents(input, hash_size);
  }
}

}  // namespace pushguard::fuzz
