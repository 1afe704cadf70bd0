// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/console.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

#include <fmt/format.h>

#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr size_t kMostInput = 64 << 20;
constexpr int kPatience = 5000;  // milliseconds

}  // namespace

std::string read_standard_input() {
  std::string input;
  char chunk[65536];
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(fmt::format("cannot read standard input: {}", std::strerror(errno)));
    if (got == 0) return input;
    input.append(chunk, static_cast<size_t>(got));
    if (input.size() > kMostInput) throw Error("standard input is longer than 64 MiB");
  }
}

void tell(std::string_view text) {
  while (!text.empty()) {
    pollfd error{STDERR_FILENO, POLLOUT, 0};
    const int ready = poll(&error, 1, kPatience);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return;
    // A pipe that polls as writable takes PIPE_BUF bytes without blocking.
    const ssize_t written =
        write(STDERR_FILENO, text.data(), std::min<size_t>(text.size(), PIPE_BUF));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace pushguard
