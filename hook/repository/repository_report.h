// SPDX-License-Identifier: Apache-2.0
// What a scan of a repository prints: the table and the JSON Lines of a scan of files
// (scan/file_report.h), with the commit, its author and the refs of each place.
#pragma once

#include <string>

#include "repository/repository_scan.h"

namespace pushguard {

struct RepositoryReport {
  const Repository& repository;
  const ScannedRepository& scan;
  // Why there are no fingerprints, or "".
  std::string no_key;
  bool is_one_of_many = false;  // each line about what was not looked at names the repository
};

// The number of secrets with that outcome, and of what was not looked at.
size_t count_of(const RepositoryReport& report, Outcome outcome);
uint64_t unscanned_count(const RepositoryReport& report);
// "12 objects: 1 secret would block a push, 2 would warn"
std::string told_counts(uint64_t objects, uint64_t blocked, uint64_t warned);

// Aligned columns, then the count of all; ends with a newline. It lists the places that bring a
// secret; those to which it is carried, and secrets that are ignored, are counted only.
std::string render_table(const RepositoryReport& report);

// Objects, each on its line, distinguished by "type". A "finding" has the fields of one in a file,
// "repository", "origin", and "object", "commit", "author", "authored" (when, by the author's
// clock), "assistant" and "subject", or "" where there are none; the "owners" of the path; "refs":
// the first that reach the place, and in "more_refs" whether there are more.
// "in" is content, name, or what else the place is. A "skipped" has "repository", "object",
// "commit", "path", "why", "detail", "count" and "refused". One "summary" follows: "repository",
// "objects" that are stored, each copy counted, those "scanned" and their "bytes", "refs", the
// number of secrets that are "blocked", "warned", "allowed" and "ignored", "skipped" and
// "fingerprints".
std::string render_jsonl(const RepositoryReport& report);

// A line for each thing that was not looked at: "error: " when that fails the scan, else "note: ".
std::string render_unscanned(const RepositoryReport& report);

}  // namespace pushguard
