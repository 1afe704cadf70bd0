// SPDX-License-Identifier: Apache-2.0
// The directories of a repository, by the layout that gitrepository-layout(5) describes.
//
// Rejected: `git rev-parse` (a process for each directory of a large tree, which reads the
// configuration of whatever lies there).
#pragma once

#include <filesystem>
#include <optional>

namespace pushguard {

// Whether `directory` is a repository for git: it has a HEAD, and either `refs` and `objects` or
// the name of a repository that has them.
bool is_git_dir(const std::filesystem::path& directory);

// Where the objects and refs of the repository `git_dir` are: in itself, or, for a linked work
// tree, in that of the main one.
std::filesystem::path find_common_dir(const std::filesystem::path& git_dir);

// The repository that `directory` is, or that it has as `.git`: a directory, or a file that names
// one. Its path is canonical.
std::optional<std::filesystem::path> find_repository(const std::filesystem::path& directory);

// The repository that `dot_git` is: a directory, or a file that names one.
std::optional<std::filesystem::path> resolve_dot_git(const std::filesystem::path& dot_git);

}  // namespace pushguard
