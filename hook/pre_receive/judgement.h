// SPDX-License-Identifier: Apache-2.0
// What is found out about a push and decided on it, as a value: nothing is told, and nothing is put
// on record.
//
// The hook and `pushguard admit` judge by the same stages, so what an administrator sees of a
// bundle is what the push would have been refused for.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "history/object_store.h"
#include "history/rewrite.h"
#include "objects/coverage.h"
#include "policy/bypass.h"
#include "policy/decision.h"
#include "push/push.h"
#include "report/redaction.h"
#include "rules/site_rules.h"

namespace pushguard {

struct Start {
  std::chrono::steady_clock::time_point tick = std::chrono::steady_clock::now();
  std::chrono::system_clock::time_point time = std::chrono::system_clock::now();
};

struct Judgement {
  std::shared_ptr<const SiteRules> site_rules;  // the decision names rules of it
  Decision decision;
  BypassRequests asked;
  std::vector<Rewrite> rewrites;  // of the refs with a blocked secret, as far as they are known
  Coverage coverage;
  bool names_were_read = true;  // of refs, with the options and the certificate, to the end
  uint64_t failed_checks = 0;   // values in the form of a token whose checksum is wrong
  uint64_t already_stored = 0;  // findings in objects that the server had before
};

// Where the log of the push's repository is.
std::filesystem::path audit_directory(const Push& push, const Config& config);

// The objects of the push and of the server.
std::unique_ptr<ObjectStore> open_all(const Push& push);

// Scans, places and decides, within the limits and the time of `config`, which begins with `start`.
// Sets `redaction` as soon as everything was scanned, also where a later stage then throws Error.
Judgement judge(const Push& push, const Config& config, const Start& start,
                std::optional<Redaction>& redaction);

}  // namespace pushguard
