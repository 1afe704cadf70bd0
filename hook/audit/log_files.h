// SPDX-License-Identifier: Apache-2.0
// All files of a log, the oldest first: `audit.jsonl` and what was rotated away from it.
//
// Pushguard rotates to `audit-000000001234.jsonl`, by the number of the file's first record; names
// that logrotate gives (`audit.jsonl.1`, `audit.jsonl-20261129`) are known as well. What the first
// line of each says decides on the order, not its name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "vocabulary/descriptor.h"

namespace pushguard {

struct LogFile {
  std::filesystem::path path;
  Descriptor file;
  uint64_t first = 0;  // the number of its first record; 0 where that has none
};

struct LogFiles {
  std::vector<LogFile> files;
  std::vector<std::filesystem::path> packed;  // cannot be read: compressed by logrotate
};

// Opens them to be read. Throws Error when there is no log, or a file cannot be opened.
LogFiles open_log_files(const std::filesystem::path& directory);

// Where a file goes whose first record is number `first`.
std::filesystem::path rotated_file(const std::filesystem::path& directory, uint64_t first);

}  // namespace pushguard
