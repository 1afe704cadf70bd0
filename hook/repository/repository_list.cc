// SPDX-License-Identifier: Apache-2.0
#include "repository/repository_list.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>

#include "objects/stored_format.h"
#include "push/git_dir.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

using Device = std::pair<dev_t, ino_t>;

class Finder {
 public:
  explicit Finder(bool one_file_system) : one_file_system_(one_file_system) {}

  RepositoryList find(const std::string& directory) {
    struct stat info {};
    if (stat(directory.c_str(), &info) != 0) {
      skip(directory, std::strerror(errno));
    } else if (!S_ISDIR(info.st_mode)) {
      skip(directory, "it is no directory");
    } else {
      device_ = info.st_dev;
      enter(directory, info);
    }
    std::ranges::sort(list_.repositories);
    return std::move(list_);
  }

 private:
  void enter(const std::string& directory, const struct stat& info) {
    const Device self(info.st_dev, info.st_ino);
    if (one_file_system_ && info.st_dev != device_) {
      return skip(directory, "it is on another file system; --other-file-systems looks at it");
    }
    if (std::ranges::find(above_, self) != above_.end()) {
      return skip(directory, "it is a directory that contains it");
    }
    above_.push_back(self);
    look_at(directory);
    above_.pop_back();
  }

  void look_at(const std::string& directory) {
    const bool is_repository = is_git_dir(directory);
    if (is_repository) add(directory, directory);
    if (!is_repository && is_object_directory(directory)) {
      return skip(directory, "objects of git that belong to no repository");
    }
    for (const std::string& name : names_in(directory)) {
      // What a repository keeps for itself.
      constexpr std::string_view kOwn[] = {"objects", "refs",     "logs", "hooks",
                                           "info",    "branches", "lfs",  "worktrees"};
      if (is_repository && std::ranges::find(kOwn, name) != std::end(kOwn)) continue;
      const std::string path = directory.ends_with('/') ? directory + name : directory + '/' + name;
      struct stat info {};
      if (lstat(path.c_str(), &info) != 0) {
        skip(path, std::strerror(errno));
      } else if (S_ISDIR(info.st_mode)) {
        enter(path, info);
      } else if (name == ".git" && S_ISREG(info.st_mode)) {
        if (const auto git_dir = resolve_dot_git(path)) add(directory, *git_dir);
      }
    }
  }

  // The repository `git_dir`, shown as `path`; once.
  void add(std::string path, const fs::path& git_dir) {
    struct stat info {};
    if (stat(find_common_dir(git_dir).c_str(), &info) != 0) return skip(path, std::strerror(errno));
    if (!known_.emplace(info.st_dev, info.st_ino).second) return;
    // A work tree is called by its own name.
    if (path.size() > 5 && path.ends_with("/.git")) path.resize(path.size() - 5);
    list_.repositories.push_back(std::move(path));
  }

  std::vector<std::string> names_in(const std::string& directory) {
    std::vector<std::string> names;
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(directory.c_str()), closedir);
    errno = entries ? 0 : errno;
    while (const dirent* entry = entries ? readdir(entries.get()) : nullptr) {
      const std::string_view name = entry->d_name;
      // Most of what is there are files: these are not asked for.
      const bool may_be_directory =
          entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN || name == ".git";
      if (name != "." && name != ".." && may_be_directory) names.emplace_back(name);
    }
    if (errno != 0) skip(directory, std::strerror(errno));
    std::ranges::sort(names);
    return names;
  }

  void skip(std::string path, std::string detail) {
    list_.skipped.push_back({std::move(path), std::move(detail)});
  }

  const bool one_file_system_;
  dev_t device_ = 0;
  std::vector<Device> above_;
  std::set<Device> known_;
  RepositoryList list_;
};

}  // namespace

RepositoryList find_repositories(const std::string& directory, bool one_file_system) {
  return Finder(one_file_system).find(directory);
}

}  // namespace pushguard
