// SPDX-License-Identifier: Apache-2.0
#include "audit/own_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "vocabulary/error.h"

namespace pushguard {

Error file_error(std::string_view doing, std::string_view what, const std::filesystem::path& path) {
  return Error(
      fmt::format("cannot {} {} '{}': {}", doing, what, path.native(), std::strerror(errno)));
}

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
  errno = failure;
  throw file_error("open", what, path);
}

std::string read_own_file(const Descriptor& file, const std::filesystem::path& path,
                          std::string_view what, size_t most) {
  struct stat info {};
  if (fstat(file.get(), &info) != 0) throw file_error("read", what, path);
  if (static_cast<uint64_t>(info.st_size) > most)
    throw Error(fmt::format("{} '{}' is too large", what, path.native()));
  std::string text(static_cast<size_t>(info.st_size), '\0');
  for (size_t at = 0; at < text.size();) {
    const ssize_t got = read(file.get(), text.data() + at, text.size() - at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw file_error("read", what, path);
    if (got == 0)
      throw Error(fmt::format("{} '{}' was cut while it was read", what, path.native()));
    at += static_cast<size_t>(got);
  }
  return text;
}

void replace_own_file(const std::filesystem::path& path, std::string_view what,
                      std::string_view text) {
  const std::filesystem::path aside = path.native() + ".new";
  const Descriptor file = open_own_file(aside, what, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file) throw file_error("write", what, aside);
  const ssize_t written = write(file.get(), text.data(), text.size());
  if (written < 0) throw file_error("write", what, aside);
  if (static_cast<size_t>(written) != text.size())
    throw Error(fmt::format("cannot write {} '{}': no space", what, aside.native()));
  if (fsync(file.get()) != 0 || std::rename(aside.c_str(), path.c_str()) != 0)
    throw file_error("write", what, path);
}

}  // namespace pushguard
