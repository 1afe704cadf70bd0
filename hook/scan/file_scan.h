// SPDX-License-Identifier: Apache-2.0
// Listed files -> findings, on all cores.
//
// Each thread has a Scanner of its own and takes the next file; the result is
// in the order of the list whatever the threads did. What a rule finds here is
// what the hook finds in the same content. Rejected: a thread a directory (one
// large file, or one large directory, would leave the others idle).
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "detect/named_file.h"
#include "objects/limits.h"
#include "rules/file_names.h"
#include "scan/file_list.h"

namespace pushguard {

struct FileFinding {
  size_t entry = 0;      // its place in FileList::entries
  bool in_name = false;  // in the entry's own name, which has no lines
  Finding finding;
};

struct FileScan {
  std::vector<FileFinding> findings;     // in the order of the list
  std::vector<UnscannedFile> unscanned;  // the list's own first
  uint64_t files = 0, bytes = 0;         // that were looked at
};

// How far a scan is; readable while it runs.
struct ScanState {
  std::atomic<size_t> entries = 0, findings = 0;
  std::atomic<uint64_t> bytes = 0;
};

struct ScanSettings {
  std::vector<const RuleSet*> rules;
  const RuleSet& file_rules;  // asked of files that `file_names` contains
  const FileNameRules& file_names;
  const Templates& templates;
  int64_t now = 0;  // Unix time in seconds
  Limits limits;    // a file counts as one object of a push; memory, threads and time do not
  unsigned threads = 1;
};

// Calls `watch` from the calling thread about ten times a second. Throws Error.
FileScan scan_files(const FileList& list, const ScanSettings& settings, ScanState& state,
                    const std::function<void()>& watch);

}  // namespace pushguard
