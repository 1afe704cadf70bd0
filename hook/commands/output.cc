// SPDX-License-Identifier: Apache-2.0
#include "commands/output.h"

#include <fmt/format.h>
#include <signal.h>

#include <cerrno>
#include <cstdio>

namespace pushguard {

int output_failed(const std::error_code& why) {
  if (why == std::errc::broken_pipe) {
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
  }
  try {
    fmt::print(stderr, "error: cannot write to standard output: {}\n", why.message());
  } catch (const std::system_error&) {
    // Standard error is gone as well; the exit code says it.
  }
  return 2;
}

int finish_output(int result) {
  errno = 0;
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && !std::ferror(stdout)) return result;
  return output_failed({errno ? errno : EIO, std::generic_category()});
}

}  // namespace pushguard
