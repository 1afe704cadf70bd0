// SPDX-License-Identifier: Apache-2.0
// The audit log: `audit.jsonl`, one JSON object on each line, and the state of its tree.
//
// The holder of the lock, that of `audit.tree`, writes a record with one write(2), so records of
// concurrent pushes never mix. Each record is a leaf of a Merkle tree (leaf.h); of that only the
// right edge is kept (tree_state.h), so an append costs the same in a log of any size. A record is
// on disk before its push is answered (log_sync.h). A writer that is killed may leave a line
// without its end: the next one puts that aside and says so; the torn record's push was refused,
// because the verdict is given after the record is written. What else was done to the log is said
// as well (log_mend.h). Rejected: a file for each push (nobody would read them); syslog alone
// (containers have none, and it drops lines under load).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "audit/log_lock.h"
#include "audit/log_mend.h"
#include "vocabulary/descriptor.h"

namespace pushguard {

// What a record says of its place in the log, and of what its writer met.
struct LogState {
  uint64_t seq = 0;                     // its number, from 0 on
  std::string prev;                     // the leaf of the record before, in hex; "" for the first
  std::vector<std::string> edge;        // of the tree before it, where it begins a later file
  std::string salt;                     // of its personal texts
  std::chrono::milliseconds waited{0};  // for the lock, rounded up
  Mended mended;
};

class AuditLog {
 public:
  explicit AuditLog(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Makes the directory and the files if they are missing, mends the log, calls `line`, appends
  // the result and a line feed, and syncs it. Throws LogBusy when the log cannot be locked within
  // `lock_time` (it is then unchanged), and Error when it is no regular file or the record
  // cannot be written whole; it is then cut off again, as far as that works.
  void append(const std::function<std::string(const LogState&)>& line,
              std::chrono::milliseconds lock_time = kLockTime);

  // Calls `work` while no other push appends. Makes the directory if it is missing.
  // Throws LogBusy as append() does.
  void under_lock(const std::function<void()>& work,
                  std::chrono::milliseconds lock_time = kLockTime);

  static constexpr std::chrono::milliseconds kLockTime{5000};

  std::filesystem::path file() const { return directory_ / "audit.jsonl"; }
  std::filesystem::path state_file() const { return directory_ / "audit.tree"; }

 private:
  struct Lock {
    Descriptor state;  // has the lock
    std::chrono::milliseconds waited;
  };

  Lock lock(std::chrono::milliseconds time) const;

  std::filesystem::path directory_;
};

}  // namespace pushguard
