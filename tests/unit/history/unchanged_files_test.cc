// SPDX-License-Identifier: Apache-2.0
#include "history/unchanged_files.h"

#include <catch2/catch.hpp>

#include "detect/collector.h"
#include "rules/built_in.h"
#include "support/git.h"

namespace pushguard::test {
namespace {

using Files = std::map<std::string, std::string>;

// A repository in which one file has the content that all named files have.
class Repository {
 public:
  explicit Repository(const std::string& format = "sha1") {
    git(scratch_.path(), "init -q -b main --object-format=" + format + " .");
  }

  Oid commit(const Files& files, const std::string& parents = "") {
    git(scratch_.path(), "rm -r -q -f --ignore-unmatch .");
    for (const auto& [path, content] : files) write_file(scratch_.path() / path, content);
    git(scratch_.path(), "add -A");
    return id_of("commit-tree -m m " + parents + " $(git write-tree)");
  }

  Oid id_of(const std::string& command) {
    const std::string hex = git(scratch_.path(), command);
    return *Oid::from_hex(std::string_view(hex).substr(0, hex.size() - 1));
  }

  // The paths in `tip` of those named files that are left of a push of `commits`.
  std::vector<std::string> left(const std::vector<Oid>& commits, const Oid& tip,
                                const OidSet& more_pushed = {}) {
    OidSet pushed = more_pushed;
    for (const Oid& commit : commits) {
      pushed.insert(commit);
      for (const std::string& tree : trees_of(commit)) pushed.insert(*Oid::from_hex(tree));
    }
    NamedFiles files;
    std::map<Oid, std::string> paths;
    for (const std::string& tree : trees_of(tip)) {
      for (const std::string& line : lines(git(scratch_.path(), "ls-tree " + tree))) {
        const std::string path = line.substr(line.find('\t') + 1);
        if (line.find(" blob ") == line.npos || !built_in_file_names().contains(path)) continue;
        const Oid blob = *Oid::from_hex(line.substr(12, line.find('\t') - 12));
        files.add(blob, *Oid::from_hex(tree));
        paths[blob] = path;
      }
    }
    const auto store =
        open_object_store({scratch_.path() / ".git/objects"}, tip.size, scratch_.path() / ".git");
    drop_unchanged(
        files, commits, built_in_file_names(), [&](const Oid& id) { return pushed.contains(id); },
        *store, Limits{});
    std::vector<std::string> names;
    for (const Oid& blob : files.blobs) names.push_back(paths[blob]);
    std::ranges::sort(names);
    return names;
  }

 private:
  static std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> all;
    for (size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      all.push_back(text.substr(at, text.find('\n', at) - at));
    }
    return all;
  }
  // All trees of a commit or a tree.
  std::vector<std::string> trees_of(const Oid& tip) {
    std::vector<std::string> trees =
        lines(git(scratch_.path(), "rev-parse " + tip.hex() + "^{tree}"));
    for (const std::string& line : lines(git(scratch_.path(), "ls-tree -r -d " + tip.hex()))) {
      trees.push_back(line.substr(12, line.find('\t') - 12));
    }
    return trees;
  }

  ScratchDirectory scratch_;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a named file that stands in the parent, too, is left out") {
  Repository repository(GENERATE("sha1", "sha256"));
  const Oid parent = repository.commit({{".env", "A=1\n"}, {"d/.pypirc", "x"}, {"d/a", "1"}});
  const Oid child = repository.commit({{".env", "A=1\n"}, {"d/.pypirc", "x"}, {"d/a", "2"}},
                                      "-p " + parent.hex());
  CHECK(repository.left({child}, child) == Names{});
}

TEST_CASE("a named file stays that is new, changed or in another place") {
  Repository repository;
  const Oid parent = repository.commit({{".env.example", "A=1\n"}, {"main.c", "1"}});
  const std::string option = "-p " + parent.hex();
  const Oid copied = repository.commit({{".env.example", "A=1\n"}, {".env", "A=1\n"}}, option);
  CHECK(repository.left({copied}, copied) == Names{".env"});
  const Oid first = repository.commit({{".env", "A=1\n"}});
  CHECK(repository.left({first}, first) == Names{".env"});
  const Oid moved = repository.commit({{"d/.env", "A=1\n"}}, "-p " + first.hex());
  CHECK(repository.left({moved}, moved) == Names{".env"});
  const Oid changed = repository.commit({{".env", "A=2\n"}}, "-p " + first.hex());
  CHECK(repository.left({changed}, changed) == Names{".env"});
}

TEST_CASE("a named file stays that a commit of the push brings, though its child has it, too") {
  Repository repository;
  const Oid stored = repository.commit({{"main.c", "1"}});
  const Oid first = repository.commit({{".env", "A=1\n"}}, "-p " + stored.hex());
  const Oid second = repository.commit({{".env", "A=1\n"}, {"a", "b"}}, "-p " + first.hex());
  CHECK(repository.left({first, second}, second) == Names{".env"});
}

TEST_CASE("a named file stays whose blob the push brings") {
  Repository repository;
  const Oid parent = repository.commit({{".env", "A=1\n"}});
  const Oid child = repository.commit({{".env", "A=1\n"}, {"a", "b"}}, "-p " + parent.hex());
  CHECK(repository.left({child}, child, {repository.id_of("rev-parse " + child.hex() + ":.env")}) ==
        Names{".env"});
}

TEST_CASE("a named file stays that only a pushed commit has that was not scanned") {
  Repository repository;
  const Oid unscanned = repository.commit({{".env", "A=1\n"}});
  const Oid child = repository.commit({{".env", "A=1\n"}, {"a", "b"}}, "-p " + unscanned.hex());
  CHECK(repository.left({child}, child) == Names{});
  CHECK(repository.left({child}, child, {unscanned}) == Names{".env"});
}

TEST_CASE("a named file stays in a tree that no commit of the push has") {
  Repository repository;
  const Oid parent = repository.commit({{".env", "A=1\n"}});
  const Oid child = repository.commit({{".env", "A=1\n"}, {"a", "b"}}, "-p " + parent.hex());
  const Oid tree = repository.id_of("rev-parse " + child.hex() + "^{tree}");
  CHECK(repository.left({}, tree) == Names{".env"});
}

TEST_CASE("a named file stays in a push of many commits") {
  Repository repository;
  const Oid parent = repository.commit({{".env", "A=1\n"}});
  const Oid child = repository.commit({{".env", "A=1\n"}, {"a", "b"}}, "-p " + parent.hex());
  const std::vector<Oid> commits(Collected::kMostCommits + 1, child);
  CHECK(repository.left(commits, child) == Names{".env"});
}

TEST_CASE("of a merge, a named file that a parent has is left out") {
  Repository repository;
  const Oid one = repository.commit({{".env", "A=1\n"}});
  const Oid two = repository.commit({{"a", "b"}});
  const Oid merge =
      repository.commit({{".env", "A=1\n"}, {"a", "b"}}, "-p " + two.hex() + " -p " + one.hex());
  CHECK(repository.left({merge}, merge) == Names{});
}

}  // namespace pushguard::test
