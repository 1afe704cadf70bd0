// SPDX-License-Identifier: Apache-2.0
#include "audit/log_sync.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "audit/log_lock.h"
#include "audit/tree_state.h"
#include "vocabulary/descriptor.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

Error failed(const std::filesystem::path& path) {
  return Error(fmt::format("cannot write the audit log '{}' to the disk: {}", path.native(),
                           std::strerror(errno)));
}

}  // namespace

void sync_records(int state, int log, uint64_t records, const std::filesystem::path& path) {
  constexpr std::chrono::milliseconds kLongest{30'000};
  struct stat info {};
  if (fstat(log, &info) != 0) throw failed(path);
  const auto is_synced = [&] {
    const Synced synced = read_synced(state);
    return synced.inode == info.st_ino && synced.records >= records;
  };
  const auto waited = lock_within(log, path, kLongest, is_synced);
  if (is_synced()) return;
  // What another process is writing meanwhile is on record already: the state follows the log.
  std::string_view damage;
  const auto written = read_tree_state(state, damage);
  const uint64_t covers = std::max(records, written ? written->edge.size() : 0);
  if (fdatasync(log) != 0) throw failed(path);
  if (waited) write_synced(state, {covers, info.st_ino});
}

void sync_directory(const std::filesystem::path& directory) {
  const Descriptor opened(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened || fsync(opened.get()) != 0) throw failed(directory);
}

}  // namespace pushguard
