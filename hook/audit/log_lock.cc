// SPDX-License-Identifier: Apache-2.0
#include "audit/log_lock.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include <fmt/format.h>

namespace pushguard {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::optional<milliseconds> lock_within(int fd, const std::filesystem::path& path,
                                        milliseconds time, const std::function<bool()>& gives_up) {
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return milliseconds(0);
  const auto start = steady_clock::now(), deadline = start + time;
  auto pause = milliseconds(1);
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      throw Error(fmt::format("cannot lock '{}': {}", path.native(), std::strerror(errno)));
    }
    if (steady_clock::now() >= deadline || gives_up()) return std::nullopt;
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, milliseconds(20));
  }
  return std::chrono::ceil<milliseconds>(steady_clock::now() - start);
}

std::string lock_holder(int fd) {
  struct stat info {};
  if (fstat(fd, &info) != 0) return "another push";
  // "1: FLOCK  ADVISORY  WRITE 4711 fe:01:131075 0 EOF" (proc_locks(5))
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, kind, how, what, file;
    long pid = 0;
    if (!(words >> number >> kind >> how >> what >> pid >> file) || kind != "FLOCK" || pid <= 0 ||
        !file.ends_with(fmt::format(":{}", info.st_ino))) {
      continue;
    }
    std::string name;
    std::getline(std::ifstream(fmt::format("/proc/{}/comm", pid)), name);
    return fmt::format("process {}{}", pid, name.empty() ? "" : fmt::format(" ({})", name));
  }
  return "another push";
}

}  // namespace pushguard
