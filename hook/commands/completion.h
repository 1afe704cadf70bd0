// SPDX-License-Identifier: Apache-2.0
// Completions of commands, options and their values, for three shells.
//
// Each is a script that finds the command among the words so far and then offers
// what the command tree says. Only the ids of rules are asked from the program. Rejected:
// calling it for every word (a completion must not depend on which version is first on PATH).
#pragma once

#include <string>
#include <string_view>

#include "commands/command_page.h"

namespace pushguard {

// `shell` is bash, zsh or fish.
std::string render_completion(std::string_view shell, const CommandPage& root);

}  // namespace pushguard
