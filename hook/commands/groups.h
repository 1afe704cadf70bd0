// SPDX-License-Identifier: Apache-2.0
// The groups of commands, one file each; commands.cc puts them together.
//
// Each adds its subcommands to `app`, and sets `result` to the exit code of the
// one that was called. Help, man pages and completions are rendered from this tree.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace pushguard {

void add_hook_command(CLI::App& app, const std::string& program, int& result);
void add_admit_command(CLI::App& app, int& result);
void add_scan_command(CLI::App& app, int& result);
void add_config_commands(CLI::App& app, int& result);
void add_rules_commands(CLI::App& app, int& result);
void add_audit_commands(CLI::App& app, int& result);
void add_version_command(CLI::App& app, int& result);
void add_help_command(CLI::App& app, int& result);

// Name, version, commit, rules and processor: "commit:    0123...".
std::string render_version();

}  // namespace pushguard
