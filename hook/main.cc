// SPDX-License-Identifier: Apache-2.0
// Called by git as a hook (by the name of the file), or by people.
#include <signal.h>

#include <string_view>

#include "commands.h"
#include "pre_receive/pre_receive.h"

namespace {

// "hooks/pre-receive", or any file in "hooks/pre-receive.d/", where Gitea,
// GitLab and soft-serve keep several hooks.
bool is_hook_name(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (path.substr(slash + 1) == "pre-receive") return true;
  return slash != path.npos && path.substr(0, slash).ends_with("pre-receive.d");
}

}  // namespace

int main(int argc, char** argv) {
  // git up to 2.53 starts hooks with SIGPIPE as it is, later ones with it ignored.
  signal(SIGPIPE, SIG_IGN);
  if (argc == 1 && is_hook_name(argv[0])) {
    return pushguard::run_pre_receive(std::nullopt, pushguard::Environment::of_process());
  }
  return pushguard::run_command_line(argc, argv);
}
