// SPDX-License-Identifier: Apache-2.0
#include "commands/caller.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>

#include "pre_receive/console.h"
#include "pre_receive/pre_receive.h"

namespace pushguard {
namespace {

constexpr std::string_view kOtherHooks[] = {"applypatch-msg",
                                            "commit-msg",
                                            "fsmonitor-watchman",
                                            "post-applypatch",
                                            "post-checkout",
                                            "post-commit",
                                            "post-index-change",
                                            "post-merge",
                                            "post-receive",
                                            "post-rewrite",
                                            "post-update",
                                            "pre-applypatch",
                                            "pre-auto-gc",
                                            "pre-commit",
                                            "pre-merge-commit",
                                            "pre-push",
                                            "pre-rebase",
                                            "prepare-commit-msg",
                                            "proc-receive",
                                            "push-to-checkout",
                                            "reference-transaction",
                                            "sendemail-validate",
                                            "update"};

int nothing_checked(std::string_view why, std::string_view hint) {
  tell(fmt::format("error: nothing was checked for secrets: {}\nhint: {}\n", why, hint));
  return kUndecided;
}

}  // namespace

void reserve_standard_descriptors() {
  pollfd standard[] = {{STDIN_FILENO, 0, 0}, {STDOUT_FILENO, 0, 0}, {STDERR_FILENO, 0, 0}};
  poll(standard, std::size(standard), 0);
  for (const pollfd& descriptor : standard) {
    if (!(descriptor.revents & POLLNVAL)) continue;
    // The lowest free number is this one. It is opened the wrong way round on purpose.
    const int opened = open("/dev/null", descriptor.fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (opened != descriptor.fd) _exit(kUndecided);
  }
}

std::string_view other_hook(std::string_view program) {
  const size_t slash = program.rfind('/');
  const std::string_view file = program.substr(slash + 1);
  std::string_view directory = slash == program.npos ? "" : program.substr(0, slash);
  directory.remove_prefix(directory.rfind('/') + 1);
  const auto found = std::ranges::find_if(kOtherHooks, [&](std::string_view name) {
    return file == name ||
           (directory.ends_with(".d") && directory.substr(0, directory.size() - 2) == name);
  });
  return found == std::end(kOtherHooks) ? std::string_view() : *found;
}

bool at_terminal() {
  return !Environment::of_process().get("GIT_DIR") && isatty(STDIN_FILENO) == 1;
}

int run_as_hook(std::string_view program, const std::optional<std::string>& config) {
  if (const std::string_view hook = other_hook(program); !hook.empty()) {
    return nothing_checked(fmt::format("this is git's '{}' hook, which cannot judge a push", hook),
                           "install pushguard as the hook 'pre-receive'");
  }
  const Environment environment = Environment::of_process();
  if (!environment.get("GIT_DIR")) {
    return nothing_checked("GIT_DIR is not set: git did not start this as a hook",
                           "'pushguard scan PATH' looks at files, 'pushguard help' names the rest");
  }
  if (isatty(STDIN_FILENO) == 1) {
    return nothing_checked("standard input is a terminal, and git hands in no push there",
                           "'pushguard scan PATH' looks at files, 'pushguard help' names the rest");
  }
  return run_pre_receive(config, environment);
}

}  // namespace pushguard
