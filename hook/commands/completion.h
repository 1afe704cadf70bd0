// SPDX-License-Identifier: Apache-2.0
// Completions of commands, options and their values, for three shells.
//
// Each is a script that finds the command among the words so far and then offers
// what the command tree says. Rejected: calling the program for every word (a
// completion must not depend on the version that is first on the path), but for
// the ids of rules.
#pragma once

#include <string>
#include <string_view>

#include "commands/command_page.h"

namespace pushguard {

// `shell` is bash, zsh or fish.
std::string render_completion(std::string_view shell, const CommandPage& root);

}  // namespace pushguard
