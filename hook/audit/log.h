// SPDX-License-Identifier: Apache-2.0
// The audit log: `audit.jsonl`, one JSON object a line, appended to under a lock.
//
// A record is one write(2) by the holder of the lock, so lines of pushes at the
// same time never mix. A writer that is killed in the middle leaves a line
// without its end; the next one cuts that off (its push was refused: a record
// is written before the verdict is told) and says so in its own record.
// Rejected: a file a push (nobody would read them), syslog alone (a container
// has none, and it drops lines under load).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

namespace pushguard {

class AuditLog {
 public:
  explicit AuditLog(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Calls `line` with the number of bytes of a torn record that were cut off (0
  // as a rule), and appends what it returns. Throws Error when the log cannot
  // be locked in time or written whole; it is then as it was before.
  void append(const std::function<std::string(uint64_t torn_bytes)>& line,
              std::chrono::milliseconds lock_time = std::chrono::seconds(10));

  std::filesystem::path file() const { return directory_ / "audit.jsonl"; }

 private:
  std::filesystem::path directory_;
};

}  // namespace pushguard
