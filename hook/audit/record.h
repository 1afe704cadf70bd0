// SPDX-License-Identifier: Apache-2.0
// One push as one JSON object: what an auditor can learn about it later.
//
// Its format is pushguard-audit/2; README.md says what each field means, and a later version only
// adds some. The record says who pushed, what was found and why it was decided so, and never
// contains a secret: an exposure has its fingerprint, and every text that came with the push is
// redacted.
#pragma once

#include <chrono>
#include <string>

#include "audit/log.h"
#include "audit/retention.h"
#include "objects/coverage.h"
#include "report/redaction.h"

namespace pushguard {

struct Record {
  const Redacted<Push>& push;
  const Redacted<Decision>& decision;
  const Config& config;
  const Coverage& coverage;
  uint64_t failed_checks;         // values in the form of a token whose checksum is wrong
  uint64_t already_stored;        // findings in objects that the server had before
  std::string rules_digest;       // of the built-in rules, hex SHA-256
  std::string site_rules_digest;  // "" without a site's own
  std::chrono::system_clock::time_point time;
  std::chrono::microseconds duration;
  bool is_admission = false;  // no push: an administrator lets one in that is to come
};

// Returns one line without its line feed. `log` is what AuditLog::append() passes.
std::string render_record(const Record& record, const LogState& log);

// For a push that could not be judged: what is known, and what went wrong.
// `push` may be null.
std::string render_failure_record(const Redacted<Push>* push, const Redacted<std::string>& what,
                                  std::chrono::system_clock::time_point time, const LogState& log);

// Records that are no push: old data was removed by retention, or the records of an older program
// were carried over into the tree.
std::string render_retention(const Retention& done, std::chrono::system_clock::time_point time,
                             const LogState& log);

std::string render_migration(uint64_t records, std::chrono::system_clock::time_point time,
                             const LogState& log);

// "2026-11-29T21:36:29.123Z"
std::string utc_text(std::chrono::system_clock::time_point time);

}  // namespace pushguard
