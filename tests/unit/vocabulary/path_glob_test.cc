// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/path_glob.h"

#include <catch2/catch.hpp>

namespace pushguard {

TEST_CASE("paths that git checks out, and those that it does not") {
  for (const char* path : {"a", "a/b.txt", ".github/x", ".gitignore", ".gitx", "git~2", "git",
                           "...", "a/..b", "a b/c", ".git-x", "a\\b"}) {
    INFO(path);
    CHECK(is_checked_out(path));
  }
  for (const char* path : {"",           "/",
                           "a/",         "/a",
                           "a//b",       ".",
                           "..",         "a/../b",
                           "a/./b",      ".git",
                           "a/.GIT/b",   ".git ",
                           ".git...",    ".git . /x",
                           "git~1",      "a/Git~1/b",
                           ".git:x",     ".git::$INDEX_ALLOCATION",
                           ".\u200cgit", ".g\ufeffi\u202et",
                           "a\\..\\b",   "a\\.git\\b"}) {
    INFO(path);
    CHECK_FALSE(is_checked_out(path));
  }
}

}  // namespace pushguard
