// SPDX-License-Identifier: Apache-2.0
// The places of a finding and the commits that introduced it, in repositories made by git, in
// both object formats: SHA-1 is read by libgit2, SHA-256 by git cat-file.
#include "history/attribution.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "support/small_push.h"

namespace pushguard::test {
namespace {

const std::string kSecret = SmallPush::secret("window");

// A line "introduced file a.txt:2:7 refs/heads/main tip" for each place.
std::vector<std::string> told(const Exposure& exposure) {
  std::vector<std::string> lines;
  for (const Place& place : exposure.places) {
    std::string line = fmt::format("{} {}", to_string(place.origin), to_string(place.kind));
    if (!place.path.empty()) line += " " + place.path.str();
    if (place.line != 0) line += fmt::format(":{}:{}", place.line, place.column);
    line += place.ref.empty() ? " unreached" : " " + place.ref.str();
    if (place.at_tip) line += " tip";
    if (place.root) line += " root";
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> told_only(const SmallPush::Answer& attribution) {
  REQUIRE(attribution.exposures.size() == 1);
  CHECK(attribution.exposures[0].secret == Secret(kSecret));
  return told(attribution.exposures[0]);
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a new file: the commit, its author and subject, line and column") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  push.write("dir/a.txt", "first\nkey = " + kSecret + "\n");
  const Oid commit = push.commit("Add the key\n\nBecause\n");
  push.push("refs/heads/main", "HEAD");
  const auto attribution = push.attribute();
  CHECK(told_only(attribution) == Lines{"introduced file dir/a.txt:2:7 refs/heads/main tip"});
  const Exposure& exposure = attribution.exposures[0];
  CHECK(exposure.origin == Origin::introduced);
  CHECK(exposure.rule->id == "sesame");
  CHECK(exposure.places[0].commit == commit);
  CHECK(exposure.places[0].object == push.id("HEAD:dir/a.txt"));
  CHECK(exposure.places[0].author == "Ann <ann@example.com>");
  CHECK(exposure.places[0].subject == "Add the key");
  CHECK(attribution.already_stored == 0);
  CHECK(attribution.unscanned.empty());
}

TEST_CASE("what a later commit of the push keeps is carried, parents before children") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  push.write("a.txt", kSecret + "\n");
  push.commit("One");
  push.write("a.txt", kSecret + "\nmore\n");
  push.commit("Two");
  push.write("a.txt", "gone\n");
  push.commit("Three");
  push.push("refs/heads/main", "HEAD");
  const auto attribution = push.attribute();
  CHECK(told_only(attribution) == Lines{"introduced file a.txt:1:1 refs/heads/main",
                                        "carried file a.txt:1:1 refs/heads/main"});
  CHECK(attribution.exposures[0].origin == Origin::introduced);
}

TEST_CASE("what the server's version of the file has is preexisting, wherever it moves") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.write("a.txt", "1\n2\n3\n" + kSecret + "\n");
  push.commit("Long ago");
  push.begin();
  SECTION("another line changes") {
    push.write("a.txt", "one\n2\n3\n" + kSecret + "\n");
    push.commit("Change");
    push.push("refs/heads/main", "HEAD");
    const auto attribution = push.attribute();
    CHECK(told_only(attribution) == Lines{"preexisting file a.txt:4:1 refs/heads/main tip"});
    CHECK(attribution.exposures[0].origin == Origin::preexisting);
  }
  SECTION("the file is renamed and changed") {
    push.run("mv a.txt b.txt");
    push.write("b.txt", kSecret + "\n2\n3\n");
    push.commit("Rename");
    push.push("refs/heads/main", "HEAD");
    CHECK(told_only(push.attribute()) == Lines{"preexisting file b.txt:1:1 refs/heads/main tip"});
  }
  SECTION("the file is renamed and changed in a directory that is new") {
    push.run("rm -q a.txt");
    push.write("deep/er/a.txt", kSecret + "\n");
    push.commit("Move");
    push.push("refs/heads/main", "HEAD");
    CHECK(told_only(push.attribute()) ==
          Lines{"preexisting file deep/er/a.txt:1:1 refs/heads/main tip"});
  }
  SECTION("a second file gets it: that one is new") {
    push.write("a.txt", "one\n" + kSecret + "\n");
    push.write("copy.txt", kSecret + "!\n");
    push.commit("Copy");
    push.push("refs/heads/main", "HEAD");
    const auto attribution = push.attribute();
    CHECK(told_only(attribution) == Lines{"preexisting file a.txt:2:1 refs/heads/main tip",
                                          "introduced file copy.txt:1:1 refs/heads/main tip"});
    CHECK(attribution.exposures[0].origin == Origin::introduced);
  }
}

TEST_CASE("a secret that the server's file had once, and has no longer, is introduced") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.write("a.txt", kSecret + "\n");
  push.commit("Long ago");
  push.write("a.txt", "clean\n");
  push.commit("Clean");
  push.begin();
  push.write("a.txt", "again " + kSecret + "\n");
  push.commit("Again");
  push.push("refs/heads/main", "HEAD");
  CHECK(told_only(push.attribute()) == Lines{"introduced file a.txt:1:7 refs/heads/main tip"});
}

TEST_CASE("a merge answers only for what it brings itself") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  push.run("checkout -q -b side");
  push.write("side.txt", kSecret + "\n");
  push.commit("Side");
  push.run("checkout -q main");
  push.write("main.txt", "x\n");
  push.commit("Main");
  SECTION("a plain one brings nothing") {
    push.run("merge -q --no-ff --no-edit side");
    push.push("refs/heads/main", "HEAD");
    const auto attribution = push.attribute();
    CHECK(told_only(attribution) == Lines{"introduced file side.txt:1:1 refs/heads/main"});
  }
  SECTION("one with a secret of its own") {
    push.run("merge -q --no-ff --no-commit side");
    push.write("merged.txt", kSecret + "\n");
    push.write("side.txt", "mine: " + kSecret + "\n");
    push.commit("Merge");
    push.push("refs/heads/main", "HEAD");
    CHECK(told_only(push.attribute()) == Lines{"introduced file side.txt:1:1 refs/heads/main",
                                               "introduced file merged.txt:1:1 refs/heads/main tip",
                                               "carried file side.txt:1:7 refs/heads/main tip"});
  }
}

TEST_CASE("a root commit is reported as one") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  push.run("checkout -q --orphan fresh");
  push.run("rm -q -r -f .");
  push.write("a.txt", kSecret + "\n");
  push.commit("Fresh start");
  push.push("refs/heads/fresh", "HEAD");
  CHECK(told_only(push.attribute()) ==
        Lines{"introduced file a.txt:1:1 refs/heads/fresh tip root"});
}

TEST_CASE("commit messages, tags and notes have places of their own") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  SECTION("a commit's message") {
    push.commit("Subject\n\nSee " + kSecret + "\n");
    push.push("refs/heads/main", "HEAD");
    const auto lines = told_only(push.attribute());
    REQUIRE(lines.size() == 1);
    // The line is counted in the raw commit, header included.
    CHECK(lines[0] == "introduced commit:3:5 refs/heads/main tip");
  }
  SECTION("an annotated tag of a commit that the server has") {
    push.run("tag -a v1 -F -", "Release " + kSecret + "\n");
    push.push("refs/tags/v1", "v1");
    CHECK(told_only(push.attribute()) == Lines{"introduced tag:6:9 refs/tags/v1"});
  }
  SECTION("a tag of a tag") {
    push.run("tag -a inner -F -", kSecret + "\n");
    push.run("tag -a outer -m outer inner");
    push.push("refs/tags/outer", "outer");
    CHECK(told_only(push.attribute()) == Lines{"introduced tag:6:1 refs/tags/outer"});
  }
  SECTION("a note") {
    push.run("notes add -F - HEAD", kSecret + "\n");
    push.push("refs/notes/commits", "refs/notes/commits");
    const auto attribution = push.attribute();
    const auto lines = told_only(attribution);
    CHECK(attribution.exposures[0].places[0].path == push.id("HEAD").hex());
    CHECK(lines ==
          Lines{"introduced file " + push.id("HEAD").hex() + ":1:1 refs/notes/commits tip root"});
  }
}

TEST_CASE("the name of a file or of a directory is a place in its directory") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  push.write("dir/" + kSecret, "x\n");
  push.commit("Add");
  push.push("refs/heads/main", "HEAD");
  CHECK(told_only(push.attribute()) == Lines{"introduced file-name dir refs/heads/main tip"});
}

TEST_CASE("objects without a commit: of a ref of their own, or of none") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  push.run("hash-object -w --stdin >blob", kSecret + "\n");
  const std::string blob = push.run("hash-object --stdin", kSecret + "\n").substr(0, 12);
  SECTION("a ref names the blob") {
    push.run("update-ref refs/blobs/x " + blob);
    push.push("refs/blobs/x", "refs/blobs/x");
    CHECK(told_only(push.attribute()) == Lines{"introduced object:1:1 refs/blobs/x"});
  }
  SECTION("a ref names a tree that contains it") {
    const std::string full = push.run("rev-parse " + blob);
    const std::string tree =
        push.run("mktree", "100644 blob " + full.substr(0, full.size() - 1) + "\tx\n");
    push.run("update-ref refs/trees/x " + tree.substr(0, tree.size() - 1));
    push.push("refs/trees/x", "refs/trees/x");
    CHECK(told_only(push.attribute()) == Lines{"introduced file x:1:1 refs/trees/x"});
  }
  SECTION("nothing pushed reaches it") {
    push.commit("Clean");
    push.push("refs/heads/main", "HEAD~0");
    push.run("rm -q --cached blob");
    const auto attribution = push.attribute();
    CHECK(told_only(attribution) == Lines{"introduced object:1:1 unreached"});
    CHECK(attribution.exposures[0].places[0].commit.size == 0);
  }
  SECTION("a commit that no ref reaches is still reported") {
    push.write("a.txt", kSecret + "\n");
    push.commit("Hidden");
    push.run("reset -q --hard HEAD~");
    push.commit("Clean");
    push.push("refs/heads/main", "HEAD");
    const auto attribution = push.attribute();
    CHECK(attribution.exposures.at(0).places.at(0).subject == "Hidden");
    CHECK(told(attribution.exposures[0]).at(0).ends_with("unreached"));
  }
}

TEST_CASE("a copy of what the server has is counted, and is no finding") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.write("a.txt", kSecret + "\n");
  push.commit("Long ago");
  const std::string hex = push.id("HEAD:a.txt").hex();
  push.begin();
  push.commit("Nothing");
  push.push("refs/heads/main", "HEAD");
  const auto name = std::filesystem::path(hex.substr(0, 2)) / hex.substr(2);
  std::filesystem::create_directories(push.new_objects() / hex.substr(0, 2));
  std::filesystem::copy_file(push.server_objects() / name, push.new_objects() / name);
  const auto attribution = push.attribute();
  CHECK(attribution.exposures.empty());
  CHECK(attribution.already_stored == 1);
}

TEST_CASE("one secret is one exposure, two are two, in the order of the history") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  push.write("z.txt", SmallPush::secret("mountain") + "\n");
  push.commit("One");
  push.write("a.txt", kSecret + " " + kSecret + "\n");
  push.write("b.txt", "x\n" + kSecret + "\n");
  push.commit("Two");
  push.push("refs/heads/main", "HEAD");
  const auto attribution = push.attribute();
  REQUIRE(attribution.exposures.size() == 2);
  CHECK(attribution.exposures[0].secret == Secret(SmallPush::secret("mountain")));
  CHECK(told(attribution.exposures[1]) == Lines{"introduced file a.txt:1:1 refs/heads/main tip",
                                                "introduced file a.txt:1:15 refs/heads/main tip",
                                                "introduced file b.txt:2:1 refs/heads/main tip"});
}

TEST_CASE("the commit of a submodule is not read") {
  SmallPush push(GENERATE("sha1", "sha256"));
  push.begin();
  push.write("a.txt", kSecret + "\n");
  push.run("add -A");
  const size_t digits = push.id("HEAD").hex().size();
  push.run("update-index --add --cacheinfo 160000," + std::string(digits, '7') + ",sub");
  push.run("commit -q -m Add");
  push.push("refs/heads/main", "HEAD");
  CHECK(told_only(push.attribute()) == Lines{"introduced file a.txt:1:1 refs/heads/main tip"});
}

TEST_CASE("time that is spent is a gap, and the finding stays one") {
  SmallPush push("sha1");
  push.begin();
  push.write("a.txt", kSecret + "\n");
  push.commit("Add");
  push.push("refs/heads/main", "HEAD");
  Limits limits;
  limits.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const auto attribution = push.attribute(limits);
  CHECK(told_only(attribution) == Lines{"introduced object:1:1 unreached"});
  REQUIRE(attribution.unscanned.size() == 1);
  CHECK(attribution.unscanned[0].why == Why::out_of_time);
  CHECK(attribution.unscanned[0].detail == "where the findings stand was not looked up to the end");
}

}  // namespace pushguard::test
