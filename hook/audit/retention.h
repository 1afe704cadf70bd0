// SPDX-License-Identifier: Apache-2.0
// What is removed from a log after its time, so that its tree is still whole.
//
// Personal texts go out of each line that is older than `personal_days`: the line becomes its leaf
// (leaf.h), in which their hashes stand. Whole files that were rotated away go after `record_days`;
// the next file begins with the edge of their tree. A record of the log itself says what was
// removed, and comes first, so that no line is without its personal texts unaccounted for:
//
//     {"format":"pushguard-audit/2","seq":9,"prev":"...","time":"...","event":"retention",
//      "personal_before":7,"records_before":0,...}
//
// Rejected: to remove lines from the middle of a file (nothing would tell it from tampering).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pushguard {

struct Retention {
  uint64_t personal_before = 0;  // records with lower numbers have no personal texts any more
  uint64_t records_before = 0;   // files with only lower numbers are gone
  std::string day;               // "2026-11-29"
};

// What a record of the log says was removed; nothing for any other line.
std::optional<Retention> read_retention(std::string_view line);

struct RetentionResult {
  Retention done;
  uint64_t lines = 0;        // that lost their personal texts now
  uint64_t files = 0;        // that were removed now
  uint64_t older_lines = 0;  // of an older program: their texts are part of the tree, and stay
};

// Removes what is older than these days before `now`, 0 days: nothing. Does nothing, and writes no
// record, where nothing is that old. Holds the lock of the log meanwhile. Throws LogBusy, Error.
RetentionResult retain(const std::filesystem::path& directory, std::chrono::days personal_days,
                       std::chrono::days record_days, std::chrono::system_clock::time_point now);

}  // namespace pushguard
