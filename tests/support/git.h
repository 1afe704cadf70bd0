// SPDX-License-Identifier: Apache-2.0
// git for tests: repositories in a scratch directory, and their objects as printed by git. A
// command that fails throws an error with its output.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "vocabulary/oid.h"

namespace pushguard::test {

class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The standard output of `git ARGUMENTS`, run by a shell in `directory` with `input` on standard
// input and without the configuration of the caller.
std::string git(const std::filesystem::path& directory, const std::string& arguments,
                const std::string& input = {});

struct GitObject {
  std::string type, content;
  friend bool operator==(const GitObject&, const GitObject&) = default;
};

// Every object in the repository's own object database, read by `git cat-file --batch`.
std::map<Oid, GitObject> all_objects(const std::filesystem::path& repository);

void write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace pushguard::test
