// SPDX-License-Identifier: Apache-2.0
#include "repository/state_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "audit/own_file.h"
#include "vocabulary/digest.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

Error failed(std::string_view what, const fs::path& path) {
  return Error(fmt::format("cannot {} '{}': {}", what, path.native(), std::strerror(errno)));
}

void write_all(int file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw failed("write", path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

void make_state_directory(const fs::path& directory) {
  std::error_code failure;
  fs::create_directories(directory.parent_path(), failure);
  if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) throw failed("make", directory);
  struct stat info {};
  if (stat(directory.c_str(), &info) != 0) throw failed("read", directory);
  if (!S_ISDIR(info.st_mode)) {
    throw Error(fmt::format("the state '{}' is no directory", directory.native()));
  }
  if (info.st_uid != geteuid() || (info.st_mode & 0022) != 0) {
    throw Error(fmt::format("the state directory '{}' is not yours alone to write to: what it says "
                            "is left out of a scan",
                            directory.native()));
  }
}

std::optional<Descriptor> lock_file(const fs::path& file, bool wait) {
  Descriptor lock = open_own_file(file, "the lock", O_RDWR | O_CREAT);
  if (!lock) throw failed("make", file);
  while (flock(lock.get(), wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return std::nullopt;
    throw failed("lock", file);
  }
  return lock;
}

void replace_file(const fs::path& file, const std::function<void(const Put&)>& write) {
  constexpr size_t kBuffer = 1 << 16;
  const fs::path fresh = file.native() + ".new";
  unlink(fresh.c_str());
  const Descriptor out(open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!out) throw failed("make", fresh);
  std::string buffer;
  write([&](std::string_view bytes) {
    buffer += bytes;
    if (buffer.size() < kBuffer) return;
    write_all(out.get(), buffer, fresh);
    buffer.clear();
  });
  write_all(out.get(), buffer, fresh);
  if (fsync(out.get()) != 0) throw failed("write", fresh);
  if (rename(fresh.c_str(), file.c_str()) != 0) throw failed("replace", file);
}

std::optional<std::string> read_state(const fs::path& file) {
  const Descriptor in = open_own_file(file, "the state", O_RDONLY);
  if (!in) return std::nullopt;
  std::string content;
  char chunk[65536];
  for (;;) {
    const ssize_t got = read(in.get(), chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw failed("read", file);
    if (got == 0) return content;
    content.append(chunk, static_cast<size_t>(got));
  }
}

std::string state_name(const fs::path& path) { return sha256_hex(path.native()).substr(0, 32); }

}  // namespace pushguard
