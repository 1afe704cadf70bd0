// SPDX-License-Identifier: Apache-2.0
// What an appender must know of the log without reading it: the file `audit.tree` beside it.
//
//     pushguard-tree/1
//     synced N INODE N                                     how many records are on disk, of which
//                                                          file, and the number once more, as it is
//                                                          read without the lock (log_sync.h)
//     records 43 end 61234 first 0 began 1796000000        in all; this file's bytes, first record,
//     last 5f1d...                                         and Unix time; the last record's leaf
//     tail ..."salt":"0011..."}                            and its last bytes
//     0c8e...                                              the edge of the tree, the largest first
//     sum 1a2b3c4d                                         CRC-32 from "records" on
//
// It is only a cache. It is written in place, under its lock, which is the lock of the log; what
// stands behind the sum is left over. Where it is missing, torn or does not fit the end of the log,
// it is made anew from there (log_mend.h). Rejected: to write another file and rename it (the lock
// would go with the old one); an index of all leaves (32 bytes for each record, and one write
// more).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tlog/tree.h"

namespace pushguard {

struct TreeState {
  static constexpr size_t kTailBytes = 40;

  TreeEdge edge;
  uint64_t end = 0;    // bytes of the log's file that are in the tree
  uint64_t first = 0;  // the number of the first record of this file
  int64_t began = 0;   // Unix time in seconds, of the first record of this file
  TreeHash last{};     // the leaf of the last record; zeros where there is none
  std::string tail;    // the last bytes of the file before its line feed, at most kTailBytes

  // Takes in a line that ends at byte `line_end` of the file, its line feed included.
  void append(std::string_view line, uint64_t line_end);
};

// How many records are on disk, of the file with that number.
struct Synced {
  uint64_t records = 0, inode = 0;
};

// The file itself; `fd` is of an open `audit.tree`.
// `damage` says why there is no state: "missing" or "damaged".
std::optional<TreeState> read_tree_state(int fd, std::string_view& damage);
bool write_tree_state(int fd, const TreeState& state);
// Zeros where it cannot be read.
Synced read_synced(int fd);
bool write_synced(int fd, const Synced& synced);

}  // namespace pushguard
