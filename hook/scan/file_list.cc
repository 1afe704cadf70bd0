// SPDX-License-Identifier: Apache-2.0
#include "scan/file_list.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

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
    std::ranges::sort(names);
    for (const std::string& name : names) {
      if (name == ".git") continue;
      const std::string below = joined(shown, name);
      struct stat status {};
      if (lstat(below.c_str(), &status) != 0) {
        skip(below, errno);
      } else {
        add(below, joined(path, name), status);
      }
    }
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
  }
  return "unreadable";
}

FileList list_files(const std::vector<std::string>& named) { return Lister().list(named); }

}  // namespace pushguard
