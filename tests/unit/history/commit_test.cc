// SPDX-License-Identifier: Apache-2.0
#include "history/commit.h"

#include <catch2/catch.hpp>

namespace pushguard {
namespace {

const std::string kTree(40, 'a'), kFirst(40, 'b'), kSecond(40, 'c');

}  // namespace

TEST_CASE("people are told with their clocks") {
  const auto date = [](const std::string& when) {
    return parse_commit("tree " + kTree + "\nauthor Ann <a@b.example> " + when +
                        "\ncommitter Ben <b@b.example> 0 +0000\n\nx")
        ->authored;
  };
  CHECK(date("1732912380 +0100") == "2024-11-29T21:33:00+01:00");
  CHECK(date("1732912380 -0530") == "2024-11-29T15:03:00-05:30");
  CHECK(date("0 +0000") == "1970-01-01T00:00:00+00:00");
  for (const std::string none : {"", "x +0000", "1 0000", "1 +00", "-1 +0000", "1 +9999",
                                 "253402300799 +0000", "99999999999999999999 +0000"}) {
    CAPTURE(none);
    CHECK(date(none).empty());
  }
  const auto commit = parse_commit("tree " + kTree +
                                   "\nauthor Ann <a@b.example> 1 +0000\ncommitter Ben <b@b.example>"
                                   " 2 +0000\n\nx");
  CHECK(commit->committer == "Ben <b@b.example>");
  CHECK(commit->committed == "1970-01-01T00:00:02+00:00");
}

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

TEST_CASE("a second tree and parents after the author are ignored, as git ignores them") {
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

}  // namespace pushguard
