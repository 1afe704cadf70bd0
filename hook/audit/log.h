// SPDX-License-Identifier: Apache-2.0
// The audit log: `audit.jsonl`, one JSON object on each line, appended under a lock.
//
// The holder of the lock writes a record with one write(2), so records of concurrent pushes
// never mix. A writer that is killed may leave a line without its end. The next writer cuts it
// off and says so in its own record; the torn record's push was refused, because the verdict
// is given after the record is written.
// Rejected: a file for each push (nobody would read them); syslog alone (containers have
// none, and it drops lines under load).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "vocabulary/descriptor.h"
#include "vocabulary/error.h"

namespace pushguard {

// What a writer met: nothing of it is usual.
struct LogState {
  uint64_t torn_bytes = 0;              // of a record that was cut off
  std::chrono::milliseconds waited{0};  // for the lock, rounded up
};

// Another process has the lock. Asking again would double the time that a push waits.
class LogBusy : public Error {
 public:
  using Error::Error;
};

class AuditLog {
 public:
  explicit AuditLog(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Makes the directory and the file if they are missing, cuts off a torn record, calls `line`,
  // and appends the result and a line feed. Throws LogBusy when the log cannot be locked within
  // `lock_time` (it is then unchanged), and Error when it is no regular file or the record
  // cannot be written whole; it is then cut off again, as far as that works.
  void append(const std::function<std::string(const LogState&)>& line,
              std::chrono::milliseconds lock_time = kLockTime);

  // Calls `work` while no other push appends. Makes the directory and the file if they are missing.
  // Throws LogBusy as append() does.
  void under_lock(const std::function<void()>& work,
                  std::chrono::milliseconds lock_time = kLockTime);

  static constexpr std::chrono::milliseconds kLockTime{5000};

  std::filesystem::path file() const { return directory_ / "audit.jsonl"; }

 private:
  Descriptor open() const;

  std::filesystem::path directory_;
};

}  // namespace pushguard
