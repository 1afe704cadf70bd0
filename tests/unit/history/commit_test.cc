#include "history/commit.h"

#include <catch2/catch.hpp>

namespace pushguard {
namespace {

const std::string kTree(40, 'a'), kFirst(40, 'b'), kSecond(40, 'c');

std::string entry(const std::string& mode, const std::string& name, char id, size_t size = 20) {
  return mode + " " + name + std::string(1, '\0') + std::string(size, id);
}

}  // namespace

TEST_CASE("a commit's tree, parents, author and subject") {
  const auto commit = parse_commit("tree " + kTree + "\nparent " + kFirst + "\nparent " + kSecond +
                                   "\nauthor Ann Dev <ann@example.com> 1760000000 +0200\n"
                                   "committer Bob <bob@example.com> 1760000000 +0200\n"
                                   "gpgsig -----BEGIN\n tree no\n -----END\n\n"
                                   "The subject\n\nBody\n");
  REQUIRE(commit);
  CHECK(commit->tree.hex() == kTree);
  REQUIRE(commit->parents.size() == 2);
  CHECK(commit->parents[0].hex() == kFirst);
  CHECK(commit->parents[1].hex() == kSecond);
  CHECK(commit->author == "Ann Dev <ann@example.com>");
  CHECK(commit->subject == "The subject");
}

TEST_CASE("header words in a message are text") {
  const auto commit =
      parse_commit("tree " + kTree + "\n\nparent " + kFirst + "\ntree " + kSecond + "\n");
  REQUIRE(commit);
  CHECK(commit->tree.hex() == kTree);
  CHECK(commit->parents.empty());
  CHECK(commit->subject == "parent " + kFirst);
}

TEST_CASE("a second tree, and parents behind the author, are none, as they are none for git") {
  const auto commit = parse_commit("tree " + kTree + "\ntree " + kSecond +
                                   "\nauthor A <a>\nparent " + kFirst + "\n\nx\n");
  REQUIRE(commit);
  CHECK(commit->tree.hex() == kTree);
  CHECK(commit->parents.empty());
}

TEST_CASE("a commit without a message, without an end, without a tree") {
  CHECK(parse_commit("tree " + kTree)->subject.empty());
  CHECK(parse_commit("tree " + kTree + "\nauthor no mail")->author == "no mail");
  CHECK_FALSE(parse_commit(""));
  CHECK_FALSE(parse_commit("parent " + kFirst + "\n\nx\n"));
  CHECK_FALSE(parse_commit("tree 123\n\nx\n"));
}

TEST_CASE("a tag's target is in its first line") {
  CHECK(parse_tag_target("object " + kTree + "\ntype commit\n\nx\n")->hex() == kTree);
  CHECK_FALSE(parse_tag_target("type commit\nobject " + kTree + "\n"));
  CHECK_FALSE(parse_tag_target("object x\n"));
  CHECK_FALSE(parse_tag_target(""));
}

TEST_CASE("a tree's entries, up to the first damaged one") {
  const size_t size = GENERATE(20, 32);
  const std::string good = entry("100644", "a b", 1, size) + entry("40000", "dir", 2, size) +
                           entry("160000", "sub", 3, size) + entry("120000", "link", 4, size);
  const auto check = [&](const std::string& content) {
    const auto entries = parse_tree(content, size);
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].name == "a b");
    CHECK(entries[0].id.raw()[size - 1] == 1);
    CHECK_FALSE(entries[0].is_tree);
    CHECK(entries[1].is_tree);
    CHECK(entries[2].is_gitlink);
    CHECK_FALSE(entries[3].is_tree);
  };
  check(good);
  check(good + "100644 cut");
  check(good + entry("100644", "cut", 5, size - 1));
  check(good + std::string("nospace\0", 8) + std::string(size, 'x'));
  CHECK(parse_tree("", size).empty());
}

}  // namespace pushguard
