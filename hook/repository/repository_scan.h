// SPDX-License-Identifier: Apache-2.0
// A whole repository -> what the hook would say if one push brought all of it.
//
// The same walk, scanner, attribution and policy as the hook's; only nothing was there before, so
// all is introduced or carried, and no rule is new.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <vector>

#include "history/object_scan.h"
#include "policy/decision.h"
#include "report/redaction.h"
#include "repository/clean_objects.h"
#include "repository/repository.h"
#include "rules/file_names.h"
#include "rules/rule_set.h"

namespace pushguard {

// How far a scan is; readable while it runs.
struct RepositoryProgress {
  std::atomic<uint64_t> objects = 0, all = 0;
};

struct RepositorySettings {
  std::vector<const RuleSet*> rules;
  const RuleSet& file_rules;  // asked of files that `file_names` contains
  const FileNameRules& file_names;
  const Templates& templates;
  const Config& config;
  std::optional<SiteKey> key;  // without: no fingerprints, and allow entries by them match nothing
  std::chrono::system_clock::time_point time;
  Limits limits;  // of the walk; those of the history are the configuration's
  // Leaves out what is clean, and remembers it; null: everything is scanned.
  const CleanObjects* clean = nullptr;
};

struct ScannedRepository {
  Redacted<Decision> decision;
  Coverage coverage;     // of what was scanned
  uint64_t objects = 0;  // that it stores; each copy counts
  size_t refs = 0;

  // 1 when something would block; else 2 when something was not looked at; else 0.
  int exit_code() const;
};

// Throws Error when git cannot be run.
ScannedRepository scan_repository(const Repository& repository, const RepositorySettings& settings,
                                  RepositoryProgress& progress);

// Whether what was not looked at is an error: by the policy, but for damage, which always is.
bool is_error(const JudgedUnscanned& unscanned);

}  // namespace pushguard
