// SPDX-License-Identifier: Apache-2.0
// Whether a log is as its pushes wrote it, and where it is not.
//
// Every line is read. A record names its number and the leaf of the one before it, so what was done
// by hand to one place shows there; the state of the tree shows what is missing at the end. Who may
// write to the audit directory can make all of that fit again: only a checkpoint that is kept
// elsewhere tells then. It has a root for the first N records, and no others have that root.
// Rejected: trusting the state for the root of a checkpoint (it is as easily changed as the log).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tlog/checkpoint.h"

namespace pushguard {

// One place where the log is not as it was written: "altered: record 5 (audit.jsonl:6) ...".
using LogFault = std::string;

struct VerifiedLog {
  uint64_t records = 0;  // up to the last one that is there
  size_t files = 0;
  std::vector<LogFault> faults;
  std::vector<std::string> notes;      // what is no fault: a torn line, lines without a number
  std::vector<std::string> unchecked;  // what could not be looked at
  // The leaves up to the first record that is missing. Those of altered records are as they are
  // now.
  TreeLeaves leaves;
  uint64_t state_records = 0;  // that the state of the tree has; 0 without one
  bool has_gap = false;        // records are missing, so that `leaves` are not all
};

// Throws Error when there is no log, or it cannot be read.
VerifiedLog verify_log(const std::filesystem::path& directory);

// Adds what the log has against a checkpoint whose signature was checked.
void compare(VerifiedLog& log, const Checkpoint& checkpoint);

// "record 5", "records 5-9": from `begin` up to `end`, exclusive.
std::string records_text(uint64_t begin, uint64_t end);

}  // namespace pushguard
