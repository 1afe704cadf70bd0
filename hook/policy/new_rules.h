// SPDX-License-Identifier: Apache-2.0
// The days in which a rule that is new at a site only warns.
//
// A release brings new rules, and the first push after an upgrade must not be refused by one that
// nobody has seen. The days of all rules of a release begin with the first push that it judges at
// the site: so it is known from then on until when they last.
// Rejected: days that begin with the first finding of each rule (a leak that comes a year later
// would be let in, and for two weeks all that are like it).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "vocabulary/day.h"
#include "vocabulary/release.h"

namespace pushguard {

// A release whose rules a site has, and since when.
struct KnownRelease {
  Release release;
  std::optional<std::chrono::sys_days> first_push;  // none: the site began with it

  friend bool operator==(const KnownRelease&, const KnownRelease&) = default;
};

struct NewRules {
  std::vector<KnownRelease> known;
  std::chrono::sys_days today{};
  std::chrono::days days{0};
  std::string unknown_because;  // why a release may be missing in `known`; or ""

  // The first day on which rules of `release` block; nothing when they do today. So they do where
  // the release is unknown, or its first push is yet to come, as after a wrong clock.
  std::optional<std::chrono::sys_days> warn_until(const Release& release) const;
};

}  // namespace pushguard
