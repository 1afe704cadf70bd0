// SPDX-License-Identifier: Apache-2.0
// Finds the repositories below a directory, by what they are and whatever they are called.
//
// Links are not followed. Linked work trees are their main one's repository, which is listed once;
// repositories of submodules are listed by themselves.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pushguard {

struct RepositoryList {
  std::vector<std::string> repositories;  // the paths of their directories, in byte order
  // What was not looked at: a path, and why.
  struct Skipped {
    std::string path, detail;
  };
  std::vector<Skipped> skipped;
};

// `one_file_system`: directories on other ones are left out, and named.
RepositoryList find_repositories(const std::string& directory, bool one_file_system);

}  // namespace pushguard
