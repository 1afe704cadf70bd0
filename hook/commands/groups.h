// SPDX-License-Identifier: Apache-2.0
// The groups of commands, one file each; commands.cc puts them together.
//
// Each adds its subcommands to `app`, and sets `result` to the exit code of the
// one that was called.
#pragma once

namespace CLI {
class App;
}

namespace pushguard {

void add_config_commands(CLI::App& app, int& result);
void add_rules_commands(CLI::App& app, int& result);
void add_scan_command(CLI::App& app, int& result);

}  // namespace pushguard
