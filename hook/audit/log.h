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

namespace pushguard {

class AuditLog {
 public:
  explicit AuditLog(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Makes the directory and the file if they are missing, cuts off a torn record, calls `line`
  // with that record's size in bytes (usually 0), and appends the result and a line feed.
  // Throws Error when the log cannot be locked within `lock_time` (it is then unchanged), or
  // when the record cannot be written whole; it is then cut off again, as far as that works.
  void append(const std::function<std::string(uint64_t torn_bytes)>& line,
              std::chrono::milliseconds lock_time = std::chrono::seconds(10));

  std::filesystem::path file() const { return directory_ / "audit.jsonl"; }

 private:
  std::filesystem::path directory_;
};

}  // namespace pushguard
