// SPDX-License-Identifier: Apache-2.0
#include "policy/monitor.h"

#include <algorithm>

#include <fmt/format.h>

#include "policy/config_date.h"
#include "vocabulary/day.h"
#include "vocabulary/path_glob.h"

namespace pushguard {

Monitor read_monitor(const TomlFile& file, const toml::table& table) {
  Monitor monitor{{}, file.strings(table, "repositories"), file.strings(table, "rules")};
  const auto until = read_date(file, table, "until");
  if (!until) throw file.error_at(table, "'until' is missing: the first day on which it refuses");
  monitor.until = *until;
  return monitor;
}

void apply_monitor(Decision& decision, const Monitor& monitor, std::string_view repository,
                   std::chrono::sys_days today) {
  const auto is_here = [&](const std::string& glob) { return matches_path_glob(glob, repository); };
  if (today >= monitor.until || decision.verdict == Verdict::accepted) return;
  if (!monitor.repositories.empty() && std::ranges::none_of(monitor.repositories, is_here)) return;
  for (Judged& one : decision.judged) {
    const bool is_named =
        monitor.rules.empty() ||
        std::ranges::find(monitor.rules, one.exposure.rule->id) != monitor.rules.end();
    if (one.outcome != Outcome::blocked || !is_named) continue;
    one.outcome = Outcome::warned;
    one.why += fmt::format("; [monitor] until {}", to_string(monitor.until));
    decision.monitored_until = monitor.until;
  }
  for (JudgedUnscanned& one : decision.unscanned) {
    if (!one.refused || !monitor.rules.empty()) continue;
    one.refused = false;
    decision.monitored_until = monitor.until;
  }
  decision.verdict = verdict_of(decision);
}

}  // namespace pushguard
