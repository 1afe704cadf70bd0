// SPDX-License-Identifier: Apache-2.0
#include "repository/forked_jobs.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

#include <fmt/format.h>

#include "vocabulary/descriptor.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr int kWatch = 100;  // milliseconds

struct Job {
  size_t number = 0;
  pid_t process = 0;
  Descriptor end;  // closed by the kernel when the child is gone
};

Job start(size_t number, const Jobs& jobs) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    throw Error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  Job job{number, 0, Descriptor(ends[0])};
  const Descriptor of_child(ends[1]);
  const pid_t parent = getpid();
  std::fflush(nullptr);
  job.process = fork();
  if (job.process < 0) {
    throw Error(fmt::format("cannot start a process: {}", std::strerror(errno)));
  }
  if (job.process == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(2);  // it ended before it could be asked for
    const int code = jobs.work(number);
    std::fflush(nullptr);
    _exit(code);
  }
  return job;
}

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

void run_jobs(size_t count, size_t at_once, const Jobs& jobs) {
  std::vector<Job> running;
  for (size_t next = 0; next < count || !running.empty();) {
    while (next < count && running.size() < at_once) running.push_back(start(next++, jobs));
    std::vector<pollfd> ends;
    for (const Job& job : running) ends.push_back({job.end.get(), POLLIN, 0});
    poll(ends.data(), ends.size(), kWatch);
    for (size_t i = running.size(); i-- > 0;) {
      if (ends[i].revents == 0) continue;
      const int status = wait_for(running[i].process);
      jobs.done(running[i].number, status);
      running.erase(running.begin() + static_cast<ptrdiff_t>(i));
    }
    jobs.watch();
  }
}

}  // namespace pushguard
