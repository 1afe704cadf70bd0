// SPDX-License-Identifier: Apache-2.0
// Warnings of `config check` about settings that are valid, but seldom meant.
//
// The hook accepts all of them and does not look for them, so they cost a push nothing. Each
// warning names file, line and column, as a mistake does.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/config.h"

namespace pushguard {

// Entries that have expired, name no rule of `rules` or excuse everything,
// patterns that match no path, limits that contradict each other or this
// machine, and a policy that blocks nothing.
std::vector<std::string> config_advice(const Config& config,
                                       std::span<const std::string_view> rules,
                                       std::chrono::sys_days today, unsigned processors);

// What is wrong with a pattern of paths, "" for nothing.
std::string_view flaw_of_path_pattern(std::string_view pattern);

// `message` at a key of the file, or at the file if it has not got it.
std::string advice_at(const Config& config, std::string_view table, std::string_view key,
                      std::string_view message, std::string_view hint);

}  // namespace pushguard
