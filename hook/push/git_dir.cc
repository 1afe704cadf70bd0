// SPDX-License-Identifier: Apache-2.0
#include "push/git_dir.h"

#include <fstream>
#include <string>

namespace pushguard {
namespace {

namespace fs = std::filesystem;

// The first line of a small file; "" when there is none.
std::string first_line(const fs::path& path) {
  std::error_code failure;
  std::string line;
  if (!fs::is_regular_file(path, failure)) return line;  // a pipe would be waited for
  std::ifstream file(path);
  std::getline(file, line);
  return line;
}

}  // namespace

bool is_git_dir(const fs::path& directory) {
  std::error_code failure;
  // HEAD may be a link to a branch that is not born yet.
  if (!fs::exists(fs::symlink_status(directory / "HEAD", failure))) return false;
  const fs::path common = find_common_dir(directory);
  return fs::is_directory(common / "objects", failure) && fs::exists(common / "refs", failure);
}

fs::path find_common_dir(const fs::path& git_dir) {
  const std::string line = first_line(git_dir / "commondir");
  if (line.empty()) return git_dir;
  std::error_code failure;
  const fs::path path = fs::canonical(git_dir / line, failure);
  return failure ? git_dir : path;
}

std::optional<fs::path> resolve_dot_git(const fs::path& dot_git) {
  constexpr std::string_view kKey = "gitdir: ";
  std::error_code failure;
  fs::path named = dot_git;
  if (fs::is_regular_file(dot_git, failure)) {
    const std::string line = first_line(dot_git);
    if (!line.starts_with(kKey)) return std::nullopt;
    named = dot_git.parent_path() / line.substr(kKey.size());
  }
  const fs::path path = fs::canonical(named, failure);
  if (failure || !is_git_dir(path)) return std::nullopt;
  return path;
}

std::optional<fs::path> find_repository(const fs::path& directory) {
  if (auto path = resolve_dot_git(directory / ".git")) return path;
  return resolve_dot_git(directory);
}

}  // namespace pushguard
