// SPDX-License-Identifier: Apache-2.0
#include "repository/repository.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "history/git_process.h"
#include "push/alternates.h"
#include "push/git_dir.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

// Calls `take` with each line of git's output; returns whether git succeeded.
template <typename Take>
bool each_line_of_git(const std::vector<std::string>& words, const fs::path& git_dir, Take take) {
  GitProcess git(words, git_environment(git_dir));
  git.end_input();
  std::string buffer;
  std::vector<char> chunk(1 << 16);
  while (const size_t got = git.read(chunk)) {
    buffer.append(chunk.data(), got);
    size_t begin = 0;
    for (size_t end; (end = buffer.find('\n', begin)) != buffer.npos; begin = end + 1) {
      take(std::string_view(buffer).substr(begin, end - begin));
    }
    buffer.erase(0, begin);
  }
  return git.succeeded();
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

// "sha1" or "sha256".
size_t ask_hash_size(const Repository& repository) {
  const auto told = git_output({"rev-parse", "--show-object-format"}, repository.all.git_dir);
  const std::string name = told ? first_line(*told) : "";
  if (name == "sha1") return 20;
  if (name == "sha256") return 32;
  throw Error(fmt::format("'{}': git does not read it; 'git --git-dir={} rev-parse "
                          "--show-object-format' says why",
                          repository.shown, repository.all.git_dir.native()));
}

void add_ref(std::string_view line, Repository& repository) {
  const size_t space = line.find(' ');
  const auto id = Oid::from_hex(line.substr(0, space));
  if (!id || space == line.npos || id->size != repository.hash_size) return;
  Oid none;
  none.size = id->size;
  repository.all.updates.push_back({none, *id, std::string(line.substr(space + 1))});
}

// HEADs that are no branch: of the repository, and of its linked work trees.
void add_detached_heads(Repository& repository) {
  const auto add = [&](const fs::path& git_dir, const std::string& name) {
    std::error_code failure;
    if (!fs::is_regular_file(git_dir / "HEAD", failure)) return;
    std::ifstream file(git_dir / "HEAD");
    std::string line;
    if (std::getline(file, line)) add_ref(line + ' ' + name, repository);
  };
  add(repository.all.common_dir, "HEAD");
  std::error_code failure;
  std::vector<fs::path> trees;
  for (fs::directory_iterator entry(repository.all.common_dir / "worktrees", failure), end;
       !failure && entry != end; entry.increment(failure)) {
    trees.push_back(entry->path());
  }
  std::ranges::sort(trees);
  for (const fs::path& tree : trees) {
    add(tree, fmt::format("worktrees/{}/HEAD", tree.filename().native()));
  }
}

void ask_refs(Repository& repository) {
  const auto head = git_output({"symbolic-ref", "--quiet", "HEAD"}, repository.all.git_dir);
  const std::string branch = head ? first_line(*head) : "";
  const bool all_listed = each_line_of_git(
      {"for-each-ref", "--format=%(objectname) %(refname)"}, repository.all.git_dir,
      [&](std::string_view line) { add_ref(line, repository); });
  if (!all_listed) {
    repository.unscanned.push_back(
        {{}, ObjectType::unknown, 0, Why::damaged, "its refs: git could not list all of them"});
  }
  add_detached_heads(repository);
  std::ranges::stable_partition(repository.all.updates,
                                [&](const RefUpdate& update) { return update.ref == branch; });
}

void read_shallow(Repository& repository) {
  std::ifstream file(repository.all.common_dir / "shallow");
  for (std::string line; std::getline(file, line);) {
    if (const auto id = Oid::from_hex(line)) repository.shallow.insert(*id);
  }
}

bool has_promisor(const Repository& repository) {
  std::error_code failure;
  for (const fs::path& directory : repository.directories) {
    for (fs::directory_iterator entry(directory / "pack", failure), end; !failure && entry != end;
         entry.increment(failure)) {
      if (entry->path().extension() == ".promisor") return true;
    }
  }
  return false;
}

}  // namespace

Repository open_repository(const std::string& directory) {
  const auto git_dir = find_repository(directory);
  if (!git_dir) {
    std::error_code failure;
    const bool exists = fs::exists(directory, failure);
    throw Error(fmt::format("'{}' is no git repository: {}", directory,
                            failure  ? failure.message()
                            : exists ? "it has no HEAD with objects and refs"
                                     : "No such file or directory"));
  }
  Repository repository;
  repository.shown = directory;
  repository.all.git_dir = *git_dir;
  repository.all.common_dir = find_common_dir(*git_dir);
  repository.all.repository = repository.all.common_dir.native();
  repository.directories = with_alternates({repository.all.common_dir / "objects"});
  repository.hash_size = ask_hash_size(repository);
  ask_refs(repository);
  read_shallow(repository);
  repository.is_partial = has_promisor(repository);
  return repository;
}

}  // namespace pushguard
