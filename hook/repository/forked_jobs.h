// SPDX-License-Identifier: Apache-2.0
// Runs work in child processes, several at once.
//
// One that is killed, by a pack that is cut short while it is mapped or by the kernel for memory,
// takes no other with it. Rejected: threads (they share all that), programs of their own (each
// would read the configuration and the rules anew).
#pragma once

#include <cstddef>
#include <functional>

namespace pushguard {

struct Jobs {
  // In a child: the work with that number; returns its exit code.
  std::function<int(size_t number)> work;
  // In the parent, when it is done: the status as of waitpid(2).
  std::function<void(size_t number, int status)> done;
  // In the parent, about ten times a second.
  std::function<void()> watch;
};

// Runs the work from 0 to `count` - 1, at most `at_once` at a time; the calling process must have
// one thread. The children end with the parent, however it ends. Throws Error when none can be
// started.
void run_jobs(size_t count, size_t at_once, const Jobs& jobs);

}  // namespace pushguard
