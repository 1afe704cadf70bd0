// SPDX-License-Identifier: Apache-2.0
// Judges findings in files by the policy, as if they were pushed.
//
// A secret is one exposure with all its places, as in the hook, so an allow entry by path
// applies only when it matches every place. Everything counts as introduced, since files have
// no history.
#pragma once

#include <optional>
#include <vector>

#include "policy/decision.h"
#include "scan/file_scan.h"

namespace pushguard {

struct FileRow {
  size_t entry = 0;  // its place in FileList::entries
  bool in_name = false;
  size_t line = 0, column = 0;  // from 1, in bytes; 0 in a name
  std::string packed;           // the file in the archive that it is in, or ""
  std::string encoding;         // that it is written in, or ""
  size_t judged = 0;            // its place in Decision::judged
};

struct JudgedFiles {
  Decision decision;
  std::vector<FileRow> rows;  // every place once, in the order of the list and of the file
  std::vector<bool> refused;  // by FileScan::unscanned: it would stop a push, or was not read

  // 1 when something would block; else 2 when something that was not scanned would be
  // refused; else 0.
  int exit_code() const;
};

// Without `key` there are no fingerprints, and allow entries by fingerprint match nothing.
JudgedFiles judge_files(const FileList& list, const FileScan& scan,
                        const std::optional<SiteKey>& key, const Config& config,
                        std::chrono::sys_days today);

}  // namespace pushguard
