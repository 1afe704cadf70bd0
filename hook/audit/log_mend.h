// SPDX-License-Identifier: Apache-2.0
// What an appender does with a log that is not as the last one left it (tree_state.h).
//
// Nothing that ends in a line feed is ever deleted. Bytes behind the last line feed are kept aside
// in `audit.jsonl.torn`. The tree goes on from what is known of it: a record that was there once
// stays in it, also when its line is gone, so that what follows tells that it is missing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "audit/tree_state.h"

namespace pushguard {

// What of the log does not agree with the state of the tree. Nothing of it is usual.
struct LogChange {
  uint64_t records = 0;    // that the tree has
  uint64_t bytes = 0;      // that the file had with them
  uint64_t bytes_now = 0;  // and has now
};

struct Mended {
  TreeState tree;
  std::string_view rebuilt;  // why the tree was made anew from the log: "missing", "damaged"
  uint64_t caught_up = 0;    // records that their writers did not take into the tree
  uint64_t untracked = 0;    // lines without a number: an older program wrote them
  uint64_t torn_bytes = 0;   // behind the last line feed
  std::optional<LogChange> emptied;  // the file is empty, and was not: rotated, or cut
  std::optional<LogChange> altered;  // bytes of known records are missing, or others
};

// Brings `known` up to the log `fd`, and mends the log's end. With `known` as it should be this
// costs one read. `damage` says why there is no `known`. Throws Error, which names `path`.
Mended mend_log(int fd, const std::filesystem::path& path, std::optional<TreeState> known,
                std::string_view damage);

}  // namespace pushguard
