// SPDX-License-Identifier: Apache-2.0
// What a scan of files prints: a table for people, JSON Lines for programs.
//
// Neither contains a secret: values are previews, and a path with a secret in its name is
// masked. Rejected: one JSON document (it cannot be read before its end, and a truncated one
// not at all).
#pragma once

#include <span>
#include <string>

#include "scan/judged_files.h"

namespace pushguard {

struct FileReport {
  const FileList& list;
  const FileScan& scan;
  const JudgedFiles& rulings;
  // Why there are no fingerprints, or "".
  std::string no_key;
  std::span<const Rule> counted = {};  // each of which is told of by itself
};

// Aligned columns, then the count of all; ends with a newline. Places of
// ignored findings are counted only. Before the count, a line for each rule that is told of by
// itself: how many places of how many files would block or warn.
std::string render_table(const FileReport& report);

// Objects, each on its line, distinguished by "type": "finding" (path, in, line,
// column, entry and encoding or "", rule, description, confidence, validation, fingerprint or null,
// preview, ruling, why), "skipped" (path, why, detail, refused), and at the end
// one "rule" (rule, blocked, warned, allowed, ignored: places; files) for each of them and one
// "summary" (files, bytes, blocked, warned, allowed, ignored: places; skipped; fingerprints).
std::string render_jsonl(const FileReport& report);

// A line for each file that was not scanned: "error: " when that fails the scan, else "note: ".
std::string render_unscanned(const FileReport& report);

}  // namespace pushguard
