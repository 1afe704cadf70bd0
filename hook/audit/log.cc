// SPDX-License-Identifier: Apache-2.0
#include "audit/log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

#include <fmt/format.h>

#include "audit/own_file.h"
#include "audit/site_key.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

Error failed(std::string_view what, const std::filesystem::path& path) {
  return Error(
      fmt::format("cannot {} the audit log '{}': {}", what, path.native(), std::strerror(errno)));
}

// Returns how long it waited.
std::chrono::milliseconds lock(int fd, const std::filesystem::path& path,
                               std::chrono::milliseconds time) {
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return {};
  const auto start = std::chrono::steady_clock::now(), deadline = start + time;
  auto pause = std::chrono::milliseconds(1);
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw failed("lock", path);
    if (std::chrono::steady_clock::now() >= deadline) {
      throw LogBusy(
          fmt::format("cannot lock the audit log '{}' within {} ms: another push holds it",
                      path.native(), time.count()));
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, std::chrono::milliseconds(20));
  }
  return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

// The size of the file up to its last line feed, inclusive.
off_t whole_lines(int fd, off_t size) {
  char chunk[4096];
  while (size > 0) {
    const off_t begin = std::max<off_t>(0, size - static_cast<off_t>(sizeof chunk));
    const ssize_t got = pread(fd, chunk, static_cast<size_t>(size - begin), begin);
    if (got != size - begin) return -1;
    for (ssize_t i = got; i-- > 0;) {
      if (chunk[i] == '\n') return begin + i + 1;
    }
    size = begin;
  }
  return 0;
}

}  // namespace

Descriptor AuditLog::open() const {
  make_audit_directory(directory_);
  Descriptor log = open_own_file(file(), "the audit log", O_RDWR | O_CREAT | O_APPEND);
  if (!log) throw failed("open", file());
  return log;
}

void AuditLog::under_lock(const std::function<void()>& work, std::chrono::milliseconds lock_time) {
  const Descriptor log = open();
  lock(log.get(), file(), lock_time);
  work();
}

void AuditLog::append(const std::function<std::string(const LogState&)>& line,
                      std::chrono::milliseconds lock_time) {
  const auto path = file();
  const Descriptor log = open();
  LogState state;
  state.waited = lock(log.get(), path, lock_time);

  struct stat info {};
  if (fstat(log.get(), &info) != 0) throw failed("read", path);
  const off_t whole = whole_lines(log.get(), info.st_size);
  if (whole < 0) throw failed("read", path);
  if (whole < info.st_size && ftruncate(log.get(), whole) != 0) throw failed("mend", path);

  state.torn_bytes = static_cast<uint64_t>(info.st_size - whole);
  const std::string text = line(state) + '\n';
  const ssize_t written = write(log.get(), text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size())) return;
  const Error error =
      written < 0 ? failed("write", path)
                  : Error(fmt::format("cannot write the audit log '{}': no space", path.native()));
  if (written > 0 && ftruncate(log.get(), whole) != 0) throw failed("mend", path);
  throw error;
}

}  // namespace pushguard
