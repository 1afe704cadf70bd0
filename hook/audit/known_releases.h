// SPDX-License-Identifier: Apache-2.0
// The releases whose rules a site has, and since when: the file `releases` of the audit directory.
//
// It has a line "0.2.0 2026-11-29" for each release that brought new or stricter rules, with the
// day of the first push that it judged, or "0.2.0 -" where the site began with it: a site that is
// new has no rules that are new to it. It is exchanged as a whole, under the lock of the log. A
// missing file beside a log or a key is that of a site which was there before. Rejected: the log
// itself (it may be rotated away, and a push would have to read all of it).
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <vector>

#include "policy/new_rules.h"

namespace pushguard {

class KnownReleases {
 public:
  explicit KnownReleases(std::filesystem::path directory)
      : directory_(std::move(directory)), file_(directory_ / "releases") {}

  // Nothing when there is no file. Throws Error when it cannot be read or is damaged.
  std::vector<KnownRelease> read() const;

  // The same, once those of `releases` that are missing were added as of `today`. Throws LogBusy
  // when the log cannot be locked, and Error when the file cannot be written.
  std::vector<KnownRelease> read_with(std::span<const Release> releases,
                                      std::chrono::sys_days today) const;

 private:
  bool is_new_site() const;
  void write(const std::vector<KnownRelease>& known) const;

  std::filesystem::path directory_, file_;
};

// What that file says of `releases`, for rules that warn for `days`; it is not asked where there
// are none. Where it cannot be read or written no rule warns for being new. Throws LogBusy.
NewRules new_rules_at(const std::filesystem::path& directory, std::span<const Release> releases,
                      std::chrono::days days, std::chrono::sys_days today);

}  // namespace pushguard
