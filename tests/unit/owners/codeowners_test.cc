// SPDX-License-Identifier: Apache-2.0
// Who owns a path, in the dialects of three hosts. The examples are those of their documentation.
#include "owners/codeowners.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "support/git.h"

namespace pushguard {
namespace {

using std::string;
using std::string_view;
using Owners = std::vector<string>;
using Dialect = Codeowners::Dialect;

std::optional<Owners> owners(string_view text, string_view path,
                             Dialect dialect = Dialect::github) {
  return Codeowners(text, dialect).owners_of(path);
}

constexpr string_view kGithub = R"(
# a comment
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs2@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @log-keeper
/apps/github
with\ blank/ @blank
!*.js @nobody
[ab].c @nobody
)";

constexpr string_view kGitlab = R"(* @admin
[Documentation] @docs-team
docs/
README.md @readme
# a comment
^[Database][2] @database
*.rb @ruby-team
!lib/generated.rb
lib/ @lib
[DOCUMENTATION]
lib/*.md @docs-team @lib-docs
)";

constexpr string_view kGitea = R"(.*\.go @go-team
!frontend/.* @backend # all but
docs/with\ blank\.md @writer
((broken @nobody
^src/main\.go$ @main @go-team
)";

}  // namespace

TEST_CASE("GitHub: the last line that matches counts") {
  const Codeowners file(kGithub, Dialect::github);
  const std::pair<string_view, Owners> expected[] = {
      {"a.c", {"@global-owner1", "@global-owner2"}},
      {"deep/down/a.js", {"@js-owner"}},
      {"a.go", {"docs@example.com"}},
      {"build/logs/x/y", {"@log-keeper"}},
      {"build/x", {"@global-owner1", "@global-owner2"}},
      {"x/docs/getting-started.md", {"@global-owner1", "@global-owner2"}},
      {"docs/getting-started.md", {"@doctocat"}},
      {"x/apps/y/z", {"@octocat"}},
      {"x/scripts/y", {"@global-owner1", "@global-owner2"}},
      {"apps/github/a", {}},
      {"with blank/a", {"@blank"}},
      {"b.c", {"@global-owner1", "@global-owner2"}},
  };
  for (const auto& [path, names] : expected) {
    CAPTURE(path);
    CHECK(file.owners_of(path) == names);
  }
  CHECK(owners("docs/* @a", "docs/a.md") == Owners{"@a"});
  CHECK_FALSE(owners("docs/* @a", "docs/build/a.md"));
  CHECK_FALSE(owners("/a.c @a", "b/a.c"));
  CHECK_FALSE(owners("A.c @a", "a.c"));
}

TEST_CASE("GitLab: the last line of each section counts, and sections add up") {
  const Codeowners file(kGitlab, Dialect::gitlab);
  const std::pair<string_view, Owners> expected[] = {
      {"a.c", {"@admin"}},
      {"docs/a/b.md", {"@admin", "@docs-team"}},
      {"x/README.md", {"@admin", "@readme"}},
      {"a.rb", {"@admin", "@ruby-team"}},
      {"lib/a.rb", {"@admin", "@lib"}},
      {"lib/generated.rb", {"@admin"}},
      {"lib/a.md", {"@admin", "@docs-team", "@lib-docs", "@lib"}},
  };
  for (const auto& [path, names] : expected) {
    CAPTURE(path);
    auto found = file.owners_of(path);
    REQUIRE(found);
    CHECK(std::ranges::is_permutation(*found, names));
  }
}

TEST_CASE("Gitea: lines are regexes of whole paths, and all that match add up") {
  const Codeowners file(kGitea, Dialect::gitea);
  CHECK(file.owners_of("src/main.go") == Owners{"@go-team", "@backend", "@main"});
  CHECK_FALSE(file.owners_of("frontend/a.ts"));
  CHECK(file.owners_of("frontend/a.go") == Owners{"@go-team"});
  CHECK(file.owners_of("docs/with blank.md") == Owners{"@backend", "@writer"});
}

TEST_CASE("without a rule nobody is known, and an empty rule says that nobody owns it") {
  CHECK_FALSE(owners("", "a"));
  CHECK_FALSE(owners("docs/ @a", "a"));
  CHECK(owners("* @a\ndocs/", "docs/x") == Owners{});
}

TEST_CASE("globs match what git's own gitignore matches") {
  const test::ScratchDirectory scratch;
  test::git(scratch.path(), "init -q .");
  std::mt19937 random(7);
  size_t matched = 0;
  for (int i = 0; i < 400; ++i) {
    string glob, path;
    const char* const globs[] = {"a", "b", "*", "a*", "?", "**", "*b", "a?b"};
    const char* const names[] = {"a", "b", "ab", "aab", "axb"};
    for (size_t n = 1 + random() % 3; n-- > 0;) glob += string("/") + globs[random() % 8];
    for (size_t n = 1 + random() % 3; n-- > 0;) path += string("/") + names[random() % 5];
    CAPTURE(glob, path);
    test::write_file(scratch.path() / ".gitignore", glob + "\n");
    // git also ignores what is below a directory that is ignored.
    const string said = test::git(
        scratch.path(), "check-ignore -q --no-index " + path.substr(1) + " && echo yes || echo no");
    const string own = glob.substr(1), at = path.substr(1);
    bool expected = matches_ignore_glob(own, at);
    for (size_t slash = at.find('/'); slash != at.npos; slash = at.find('/', slash + 1)) {
      expected = expected || matches_ignore_glob(own, at.substr(0, slash));
    }
    CHECK((said == "yes\n") == expected);
    matched += expected;
  }
  CHECK(matched > 50);
}

}  // namespace pushguard
