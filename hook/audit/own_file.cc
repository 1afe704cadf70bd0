// SPDX-License-Identifier: Apache-2.0
#include "audit/own_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "vocabulary/error.h"

namespace pushguard {

std::string_view kind_of_file(mode_t mode) {
  if (S_ISLNK(mode)) return "a link";
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a FIFO";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

Descriptor open_own_file(const std::filesystem::path& path, std::string_view what, int flags,
                         mode_t mode) {
  Descriptor file(open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode));
  const int failure = errno;
  if (!file && (failure == ENOENT || failure == ENOTDIR)) return file;
  struct stat info {};
  // What could not be opened is asked by its name: a link, a socket, a FIFO without a reader.
  const bool known = (file ? fstat(file.get(), &info) : lstat(path.c_str(), &info)) == 0;
  if (known && !S_ISREG(info.st_mode)) {
    throw Error(
        fmt::format("{} '{}' is {}, not a file", what, path.native(), kind_of_file(info.st_mode)));
  }
  if (file) return file;
  throw Error(fmt::format("cannot open {} '{}': {}", what, path.native(), std::strerror(failure)));
}

}  // namespace pushguard
