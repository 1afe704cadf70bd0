// SPDX-License-Identifier: Apache-2.0
// Who called: git with a push, a person at a terminal, or somebody whom no verdict
// can help.
//
// What was given decides, not the name of the file: gitolite, Gitea and GitLab
// start hooks under names of their own. A name counts only where it is that of
// another hook of git's, which runs too late or for something else than a push.
// Rejected: a list of names under which it is a hook (a name that is missing from
// it was a hook that checks nothing).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pushguard {

// Fills closed descriptors of standard input, output and error, so that no file
// that is opened later becomes one of them. Reading and writing fail as before.
void reserve_standard_descriptors();

// The other hook of git's whose name `program` has, or whose directory (`NAME.d/`)
// it is in; empty when there is none.
std::string_view other_hook(std::string_view program);

// True when a person called at a terminal: git hands in a pipe, and sets GIT_DIR.
bool at_terminal();

// Judges the push that git hands in; `config` is the path of `--config`. Anything
// but a push is an error, with exit code 2.
int run_as_hook(std::string_view program, const std::optional<std::string>& config);

}  // namespace pushguard
