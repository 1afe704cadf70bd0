// SPDX-License-Identifier: Apache-2.0
#include "history/commit_graph.h"

#include <catch2/catch.hpp>

#include "vocabulary/error.h"

namespace pushguard::test {
namespace {

std::string commit(const std::string& tree, const std::vector<std::string>& parents) {
  std::string content = "tree " + tree + "\n";
  for (const std::string& parent : parents) content += "parent " + parent + "\n";
  return content + "\nText\n";
}

Oid id(char digit) { return *Oid::from_hex(std::string(40, digit)); }

}  // namespace

TEST_CASE("a commit knows its tree and its parents, whenever those come") {
  OidTable ids(20), trees(20);
  std::mutex lock;
  CommitGraph graph(ids, trees, lock);
  const std::string first(40, '1'), second(40, '2'), foreign(40, '3'), tree(40, 'a');
  // A parent id with the size of the other hash is no parent.
  graph.add({id('2'), ObjectType::commit, commit(tree, {first, foreign, std::string(64, '4')})});
  CHECK_FALSE(graph.find(id('1')));
  graph.add({id('1'), ObjectType::commit, commit(tree, {})});
  // When a commit comes twice, the first one counts.
  graph.add({id('1'), ObjectType::commit, commit(tree, {second})});
  graph.add({id('5'), ObjectType::commit, "no tree\n"});
  const auto number = graph.find(id('2'));
  REQUIRE(number);
  CHECK(trees[graph.tree(*number)] == id('a'));
  REQUIRE(graph.parent_count(*number) == 2);
  CHECK(ids[graph.parent(*number, 0)] == id('1'));
  CHECK(ids[graph.parent(*number, 1)] == id('3'));
  CHECK(graph.contains(graph.parent(*number, 0)));
  CHECK_FALSE(graph.contains(graph.parent(*number, 1)));
  CHECK(graph.parent_count(*graph.find(id('1'))) == 0);
  CHECK_FALSE(graph.find(id('5')));
}

TEST_CASE("more parents than are kept are an error that names the commit") {
  OidTable ids(20), trees(20);
  std::mutex lock;
  CommitGraph graph(ids, trees, lock, 3);
  const std::string parent(40, '1'), tree(40, 'a'), child(40, '2');
  graph.add({id('2'), ObjectType::commit, commit(tree, {parent, parent})});
  try {
    graph.add({id('3'), ObjectType::commit, commit(tree, {parent, parent})});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) ==
          "commit " + std::string(40, '3') + ": the commits of this push name more than 3 parents");
  }
}

}  // namespace pushguard::test
