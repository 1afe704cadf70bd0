// SPDX-License-Identifier: Apache-2.0
// The audit log: `audit.jsonl`, one JSON object on each line, and the state of its tree.
//
// The holder of the lock, that of `audit.tree`, writes a record with one write(2), so records of
// concurrent pushes never mix. Each record is a leaf of a Merkle tree (leaf.h); of that only the
// right edge is kept (tree_state.h), so an append costs the same in a log of any size. A record is
// on disk before its push is answered (log_sync.h). A file that is large or old enough is rotated
// away within the tree: the next one's first record has the edge. A writer that is killed may leave
// a line without its end: the next one puts that aside and says so; the torn record's push was
// refused, because the verdict is given after the record is written. What else was done to the log
// is said as well (log_mend.h). Rejected: a file for each push (nobody would read them); syslog
// alone (containers have none, and it drops lines under load).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "audit/log_lock.h"
#include "audit/log_mend.h"
#include "policy/config.h"
#include "vocabulary/descriptor.h"

namespace pushguard {

// What a record says of its place in the log, and of what its writer met.
struct LogState {
  uint64_t seq = 0;                     // its number, from 0 on
  std::string prev;                     // the leaf of the record before, in hex; "" for the first
  std::vector<std::string> edge;        // of the tree before it, where it begins a later file
  std::string salt;                     // of its personal texts
  std::string not_rotated;              // why not, where it was time to
  std::chrono::milliseconds waited{0};  // for the lock, rounded up
  Mended mended;
};

// What the next record looks like: returns its line without a line feed.
using RecordLine = std::function<std::string(const LogState&)>;

// The log while this process has its lock.
class LockedLog {
 public:
  // Makes the log's file if it is missing, mends it, rotates it away when it is time, calls `line`,
  // and appends the result. Throws Error when it is no regular file or the record cannot be
  // written whole; it is then cut off again, as far as that works.
  void append(const RecordLine& line);
  // After lines of the log's file were written anew, the last one as it was.
  void take_in_new_size();
  // Forgets what is known of the log: its file was written anew, and has this tree.
  void start_from(const TreeState& tree);

 private:
  friend class AuditLog;
  LockedLog(const std::filesystem::path& directory, const AuditSettings& settings,
            std::chrono::milliseconds time);

  void open();
  void rotate_if_due(LogState& state);

  const std::filesystem::path& directory_;
  const AuditSettings& settings_;
  Descriptor state_;  // has the lock
  Descriptor log_;    // once it was appended to
  std::chrono::milliseconds waited_;
  TreeState tree_;
  bool is_new_file_ = false;
};

class AuditLog {
 public:
  static constexpr std::chrono::milliseconds kLockTime{5000};

  explicit AuditLog(std::filesystem::path directory, AuditSettings settings = {},
                    std::chrono::milliseconds lock_time = kLockTime)
      : directory_(std::move(directory)), settings_(std::move(settings)), lock_time_(lock_time) {}

  // Makes the directory if it is missing, appends as LockedLog does, and syncs outside the lock.
  // Throws LogBusy when the log cannot be locked in time; it is then unchanged.
  void append(const RecordLine& line) const;

  // Calls `work` while no other push appends. Makes the directory if it is missing. What was
  // appended is on disk when this returns. Throws LogBusy as append() does.
  void under_lock(const std::function<void(LockedLog&)>& work) const;

  std::filesystem::path file() const { return log_file(directory_); }
  std::filesystem::path state_file() const { return tree_state_file(directory_); }

  static std::filesystem::path log_file(const std::filesystem::path& directory);
  static std::filesystem::path tree_state_file(const std::filesystem::path& directory);

 private:
  std::filesystem::path directory_;
  AuditSettings settings_;
  std::chrono::milliseconds lock_time_;
};

}  // namespace pushguard
