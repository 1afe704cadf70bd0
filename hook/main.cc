// SPDX-License-Identifier: Apache-2.0
// Called by git as a hook, without an argument, or by people.
#include <signal.h>

#include <string_view>

#include "commands/caller.h"
#include "commands/commands.h"

int main(int argc, char** argv) {
  // git up to 2.53 starts hooks with SIGPIPE as it is, later ones with it ignored.
  signal(SIGPIPE, SIG_IGN);
  pushguard::reserve_standard_descriptors();
  const std::string_view program = argc > 0 ? argv[0] : "";
  if (argc > 1 ? !pushguard::other_hook(program).empty() : !pushguard::at_terminal()) {
    return pushguard::run_as_hook(program, std::nullopt);
  }
  return pushguard::run_command_line(argc, argv);
}
