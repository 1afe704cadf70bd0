// SPDX-License-Identifier: Apache-2.0
#include "scan/file_list.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "objects/stored_format.h"
#include "push/git_dir.h"
#include "report/command.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

// The nearest directory that holds `.git`, from `directory` upwards; empty
// outside every repository.
fs::path repository_of(fs::path directory) {
  std::error_code failure;
  for (;; directory = directory.parent_path()) {
    if (fs::exists(directory / ".git", failure)) return directory;
    if (!directory.has_relative_path()) return {};
  }
}

std::string joined(const std::string& directory, const std::string& name) {
  if (directory.empty() || directory.ends_with('/')) return directory + name;
  return directory + '/' + name;
}

// Whether a directory with this entry may have objects of git.
bool may_hold_objects(const std::string& name) {
  return name == "pack" || name == "info" ||
         (name.size() == 2 && is_hex_digit(name[0]) && is_hex_digit(name[1]));
}

// The command that reads the objects of the repository at `shown`.
std::string scan_command(std::string shown) {
  if (shown.empty()) shown = ".";
  const std::string words[] = {"pushguard", "scan", "--repository",
                               can_be_typed(shown) ? shown : "DIRECTORY"};
  return command_line(words);
}

class Lister {
 public:
  FileList list(const std::vector<std::string>& named) {
    for (const std::string& path : named) {
      if (path == "-") {
        list_.entries.push_back({Entry::Kind::standard_input, "-", "", 0});
      } else {
        start(path);
      }
    }
    return std::move(list_);
  }

 private:
  void start(const std::string& named) {
    std::error_code failure;
    const fs::path real = fs::canonical(named, failure);
    struct stat status {};
    if (failure || stat(real.c_str(), &status) != 0) {
      return skip(named, failure ? failure.value() : errno);
    }
    const fs::path directory = S_ISDIR(status.st_mode) ? real : real.parent_path();
    fs::path top = repository_of(directory);
    if (top.empty()) top = directory;
    std::string path = real.lexically_relative(top).native();
    if (path == ".") path.clear();
    std::string shown = fs::path(named).lexically_normal().native();
    if (shown == "." || shown == "./") shown.clear();
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
      list_.unscanned.push_back({shown, UnscannedFile::Why::unreadable,
                                 "neither a file nor a directory; '-' reads standard input"});
      return;
    }
    add(shown, path, status);
  }

  void add(const std::string& shown, const std::string& path, const struct stat& status) {
    if (S_ISREG(status.st_mode)) {
      const auto size = static_cast<uint64_t>(status.st_size);
      list_.entries.push_back({Entry::Kind::file, shown, path, size});
    } else if (S_ISLNK(status.st_mode)) {
      list_.entries.push_back({Entry::Kind::link, shown, path, 0});
    } else if (S_ISDIR(status.st_mode)) {
      list_.entries.push_back({Entry::Kind::directory, shown, path, 0});
      walk(shown, path);
    } else {
      list_.unscanned.push_back(
          {shown, UnscannedFile::Why::special,
           "neither a file, a directory nor a link; git stores no such thing"});
    }
  }

  void walk(const std::string& shown, const std::string& path) {
    std::error_code failure;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(shown.empty() ? "." : shown, failure), end;
         !failure && entry != end; entry.increment(failure)) {
      names.push_back(entry->path().filename().native());
    }
    if (failure) skip(shown.empty() ? "." : shown, failure.value());
    if (std::ranges::any_of(names, may_hold_objects) &&
        is_object_directory(fs::path(shown.empty() ? "." : shown))) {
      return skip_objects(shown);
    }
    std::ranges::sort(names);
    for (const std::string& name : names) {
      const std::string below = joined(shown, name);
      struct stat status {};
      if (name == ".git") {
        skip_history(shown, below);
      } else if (lstat(below.c_str(), &status) != 0) {
        skip(below, errno);
      } else {
        add(below, joined(path, name), status);
      }
    }
  }

  // `dot_git` is that of the work tree `shown`.
  void skip_history(const std::string& shown, const std::string& dot_git) {
    const auto repository = resolve_dot_git(dot_git);
    if (!repository) return;
    if (is_object_directory(find_common_dir(*repository) / "objects")) {
      list_.unscanned.push_back(
          {dot_git, UnscannedFile::Why::history,
           fmt::format("it has the history; '{}' looks at it", scan_command(shown))});
    }
    skip_modules(joined(dot_git, "modules"));
  }

  // git keeps the repositories of submodules there, by their names, which may have slashes.
  void skip_modules(const std::string& modules) {
    std::error_code failure;
    std::vector<std::string> below;
    for (fs::directory_iterator entry(modules, failure), end; !failure && entry != end;
         entry.increment(failure)) {
      if (entry->is_directory(failure) && !entry->is_symlink(failure)) {
        below.push_back(entry->path().native());
      }
    }
    std::ranges::sort(below);
    for (const std::string& directory : below) {
      if (!is_git_dir(directory)) {
        skip_modules(directory);
        continue;
      }
      if (is_object_directory(fs::path(directory) / "objects")) {
        list_.unscanned.push_back(
            {directory, UnscannedFile::Why::history,
             fmt::format("it has the history of a submodule; '{}' looks at it",
                         scan_command(directory))});
      }
      skip_modules(joined(directory, "modules"));
    }
  }

  void skip_objects(const std::string& shown) {
    std::error_code failure;
    const fs::path real = fs::canonical(shown.empty() ? "." : shown, failure);
    std::string repository = fs::path(shown).parent_path().native();
    if (shown.empty()) repository = "..";
    std::string what = "objects of git, which are compressed";
    what += real.filename() == "objects" && is_git_dir(real.parent_path())
                ? fmt::format("; '{}' looks at them", scan_command(repository))
                : "; 'pushguard scan --repository DIRECTORY' looks at those of a repository";
    list_.unscanned.push_back(
        {shown.empty() ? "." : shown, UnscannedFile::Why::object_storage, std::move(what)});
  }

  void skip(const std::string& shown, int error) {
    list_.unscanned.push_back({shown, UnscannedFile::Why::unreadable, std::strerror(error)});
  }

  FileList list_;
};

}  // namespace

std::string_view to_string(UnscannedFile::Why why) {
  switch (why) {
    case UnscannedFile::Why::unreadable: return "unreadable";
    case UnscannedFile::Why::too_large: return "too-large";
    case UnscannedFile::Why::special: return "special";
    case UnscannedFile::Why::archive: return "archive";
    case UnscannedFile::Why::history: return "history";
    case UnscannedFile::Why::object_storage: return "object-storage";
  }
  return "unreadable";
}

FileList list_files(const std::vector<std::string>& named) { return Lister().list(named); }

}  // namespace pushguard
