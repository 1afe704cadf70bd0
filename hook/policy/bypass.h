// SPDX-License-Identifier: Apache-2.0
// What a developer asks for with push options:
//   git push -o "pushguard.allow=<fingerprint>,<fingerprint> <reason>"        an exception
//   git push -o "pushguard.false-alarm=<fingerprint> <reason>"                a report
//   git push -o pushguard.format=json                                       (report/refusal.h)
//
// An exception names each secret and gives a reason, which people can read: blanks and characters
// that show nothing are not counted. Off unless the site turned them on; always recorded. Rejected:
// skip words in commit messages and "skip all" (nobody can see later what they let through).
#pragma once

#include <string>
#include <vector>

#include "vocabulary/fingerprint.h"

namespace pushguard {

struct Bypass {
  Fingerprint fingerprint;
  std::string reason;
};

struct BypassRequests {
  std::vector<Bypass> wanted;
  std::vector<Bypass> false_alarms;   // reported: they let nothing through
  bool json = false;                  // the refusal is to be JSON
  std::vector<std::string> mistakes;  // one line each, for the developer
};

// Options that are not Pushguard's are left alone.
BypassRequests parse_bypasses(const std::vector<std::string>& options);

}  // namespace pushguard
