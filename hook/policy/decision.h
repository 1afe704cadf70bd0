// SPDX-License-Identifier: Apache-2.0
// What becomes of the push: an outcome for every exposure, and for everything that was not looked
// at.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "history/exposure.h"
#include "policy/bypass.h"
#include "policy/config.h"
#include "policy/new_rules.h"

namespace pushguard {

enum class Verdict : uint8_t {
  accepted,
  refused,    // for a finding
  undecided,  // refused, because something could not be scanned
};
std::string_view to_string(Verdict);

enum class Outcome : uint8_t { ignored, warned, blocked, allowed, bypassed, admitted };
std::string_view to_string(Outcome);

struct Judged {
  Exposure exposure;
  Outcome outcome = Outcome::blocked;
  std::string why;          // "policy: introduced, likely"; an allow's or a bypass's reason
  std::string_view entry;   // of the configuration, that allows it: "allow", "template", or ""
  size_t entry_line = 0;    // where it begins in the file
  bool for_places = false;  // let in because of where it is, or by a bypass: not everywhere
  bool for_refs = false;    // so, and because of the refs that reach it
  // The first day on which it blocks, where it warns because its rule is new.
  std::optional<std::chrono::sys_days> warns_until;
};

struct JudgedUnscanned {
  Unscanned what;
  bool refused = true;
};

// What an administrator let in beforehand (admission.h).
struct Admission {
  std::string id;               // 16 hex digits
  std::string by;               // the administrator's user name
  std::string reason;           // one line
  std::chrono::sys_days until;  // the first day on which it is void
};

struct Decision {
  Verdict verdict = Verdict::undecided;
  std::vector<Judged> judged;  // blocked ones first, then by confidence
  std::vector<JudgedUnscanned> unscanned;
  std::vector<std::string> bypass_mistakes;
  std::vector<Bypass> false_alarms;  // as reported by push option
  bool bypass_refused = false;       // asked for where the site grants none
  std::optional<Admission> admission;
  // The first day on which the same push is refused, where [monitor] let it in.
  std::optional<std::chrono::sys_days> monitored_until;
};

// Judges everything that was found. `today` decides which entries have expired. A partner is
// judged with its secret, unless it would be judged more strictly by itself: then it is
// judged apart, since an exception is for the one secret that it names. Where `new_rules` says
// that a rule is in its days, what it blocks is warned of, but for what is `confirmed`: a checksum
// is as sure on the first day.
Decision decide(std::vector<Exposure> exposures, std::vector<Unscanned> unscanned,
                const BypassRequests& bypasses, const Config& config, std::chrono::sys_days today,
                const NewRules& new_rules = {});

// By what is blocked, and by what was not looked at and is refused.
Verdict verdict_of(const Decision& decision);

// Whether the git pathspec `pattern` matches `path`.
bool matches_pathspec(const std::string& pattern, const std::string& path);

}  // namespace pushguard
