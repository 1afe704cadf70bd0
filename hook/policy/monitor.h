// SPDX-License-Identifier: Apache-2.0
// A roll-out: until a day the hook warns where it would refuse.
//
// Everything is looked at and put on record as ever, so that a site sees what would be refused
// before anybody is. It has an end, since a hook that only warns is soon forgotten. Rejected: a
// switch without a day; other actions under [policy] for that time (they must be put back by hand).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/decision.h"
#include "vocabulary/toml_file.h"

namespace pushguard {

// Reads the table [monitor]. Throws Error with its place when 'until' is missing or is no date, or
// a list has another type.
Monitor read_monitor(const TomlFile& file, const toml::table& table);

// Turns what is blocked into warnings, in the repository that is pushed to: of the rules that
// `monitor` names, or of all; then also what was not looked at no longer refuses. Does nothing from
// its day on.
void apply_monitor(Decision& decision, const Monitor& monitor, std::string_view repository,
                   std::chrono::sys_days today);

}  // namespace pushguard
