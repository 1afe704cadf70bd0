// SPDX-License-Identifier: Apache-2.0
#include "history/tree_diff.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "support/git.h"

namespace pushguard::test {
namespace {

class Trees {
 public:
  explicit Trees(const std::string& format) {
    git(scratch_.path(), "init -q -b main --object-format=" + format + " .");
  }

  // Makes a tree of `files` only; files of earlier trees are removed.
  Oid tree(const std::map<std::string, std::string>& files) {
    git(scratch_.path(), "rm -r -q -f --ignore-unmatch .");
    for (const auto& [path, content] : files) write_file(scratch_.path() / path, content);
    git(scratch_.path(), "add -A");
    const std::string hex = git(scratch_.path(), "write-tree");
    return *Oid::from_hex(std::string_view(hex).substr(0, hex.size() - 1));
  }

  // The path, with a '/' after a directory, and the number of versions in the parents.
  std::vector<std::string> changes(const Oid& tree, const std::vector<Oid>& parents) {
    std::vector<std::string> lines;
    for (const Change& change : diff(tree, parents).changes) {
      lines.push_back(change.path + (change.is_tree ? "/ " : " ") +
                      std::to_string(change.parent_versions.size()));
    }
    std::ranges::sort(lines);
    return lines;
  }

  std::vector<std::string> paths_changed(const Oid& tree, const std::vector<Oid>& parents,
                                         const Wanted& reads) {
    const auto store =
        open_object_store({scratch_.path() / ".git/objects"}, tree.size, scratch_.path() / ".git");
    TreeCache trees(*store);
    std::vector<std::string> paths;
    for (const Change& change : changes_in(trees, tree, parents, {{}, reads}).changes) {
      paths.push_back(change.path);
    }
    std::ranges::sort(paths);
    return paths;
  }

  TreeDiff diff(const Oid& tree, const std::vector<Oid>& parents) {
    const auto store =
        open_object_store({scratch_.path() / ".git/objects"}, tree.size, scratch_.path() / ".git");
    TreeCache trees(*store);
    return diff_trees(trees, tree, parents);
  }

 private:
  ScratchDirectory scratch_;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("without a parent all is new") {
  Trees trees(GENERATE("sha1", "sha256"));
  CHECK(trees.changes(trees.tree({{"a", "1"}, {"dir/b", "2"}}), {}) ==
        Lines{"/ 0", "a 0", "dir/ 0", "dir/b 0"});
}

TEST_CASE("with one parent: the files that differ, and the directories that contain them") {
  Trees trees(GENERATE("sha1", "sha256"));
  const Oid before = trees.tree({{"a", "1"}, {"dir/b", "2"}, {"same/c", "3"}});
  CHECK(trees.changes(trees.tree({{"a", "1"}, {"dir/b", "two"}, {"same/c", "3"}}), {before}) ==
        Lines{"/ 1", "dir/ 1", "dir/b 1"});
  CHECK(trees.changes(before, {before}).empty());
}

TEST_CASE("what equals any parent's version came by that parent") {
  Trees trees(GENERATE("sha1", "sha256"));
  const Oid ours = trees.tree({{"a", "ours"}, {"b", "1"}});
  const Oid theirs = trees.tree({{"a", "1"}, {"b", "theirs"}});
  CHECK(trees.changes(trees.tree({{"a", "ours"}, {"b", "theirs"}}), {ours, theirs}) ==
        Lines{"/ 2"});
  CHECK(trees.changes(trees.tree({{"a", "neither"}, {"b", "theirs"}}), {ours, theirs}) ==
        Lines{"/ 2", "a 2"});
}

TEST_CASE("a file that becomes a directory, and back, is new") {
  Trees trees(GENERATE("sha1", "sha256"));
  const Oid file = trees.tree({{"x", "1"}}), directory = trees.tree({{"x/y", "1"}});
  CHECK(trees.changes(directory, {file}) == Lines{"/ 1", "x/ 0", "x/y 0"});
  CHECK(trees.changes(file, {directory}) == Lines{"/ 1", "x 0"});
}

TEST_CASE("files that are gone are listed, those of a whole directory too") {
  Trees trees(GENERATE("sha1", "sha256"));
  const Oid before = trees.tree({{"a", "1"}, {"dir/b", "2"}, {"dir/er/c", "3"}, {"keep", "4"}});
  std::vector<std::string> gone;
  for (const auto& [path, id] : trees.diff(trees.tree({{"keep", "4"}}), {before}).removed) {
    gone.push_back(path);
  }
  std::ranges::sort(gone);
  CHECK(gone == Lines{"a", "dir/b", "dir/er/c"});
}

TEST_CASE("a tree that is missing is an empty one") {
  Trees trees("sha1");
  Oid missing = trees.tree({{"a", "1"}});
  const Oid tree = missing;
  missing.bytes[0] ^= 1;
  CHECK(trees.changes(tree, {missing}) == Lines{"/ 1", "a 0"});
  CHECK(trees.changes(missing, {}) == Lines{"/ 0"});
}

TEST_CASE("trees that are not to be read are listed, and what is in them is not") {
  Trees trees("sha1");
  const Oid before = trees.tree({{"a", "1"}, {"dir/b", "2"}});
  const Oid after = trees.tree({{"a", "3"}, {"dir/b", "4"}});
  const auto all = [](const Oid&) { return true; };
  const auto root_alone = [&](const Oid& id) { return id == after; };
  const auto none = [](const Oid&) { return false; };
  CHECK(trees.paths_changed(after, {before}, all) == Lines{"", "a", "dir", "dir/b"});
  CHECK(trees.paths_changed(after, {before}, root_alone) == Lines{"", "a", "dir"});
  CHECK(trees.paths_changed(after, {before}, none) == Lines{});
}

}  // namespace pushguard::test
