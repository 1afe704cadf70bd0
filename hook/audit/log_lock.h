// SPDX-License-Identifier: Apache-2.0
// A lock on a file of the audit directory, waited for with a limit.
//
// Rejected: waiting in flock(2) itself (a limit would take a signal, which libraries share).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "vocabulary/error.h"

namespace pushguard {

// Another process has the lock. Asking again would double the time that a push waits.
class LogBusy : public Error {
 public:
  using Error::Error;
};

// Asks for the lock of `fd` until it has it, and returns how long that took, rounded up. Returns
// nothing when `time` is over, or when `gives_up`, asked before each further try, says so. Throws
// Error, which names `path`, when the file system has no locks.
std::optional<std::chrono::milliseconds> lock_within(
    int fd, const std::filesystem::path& path, std::chrono::milliseconds time,
    const std::function<bool()>& gives_up = [] { return false; });

// The process that has the lock of `fd`: "process 4711 (pushguard)"; "another push" where the
// kernel does not tell.
std::string lock_holder(int fd);

}  // namespace pushguard
