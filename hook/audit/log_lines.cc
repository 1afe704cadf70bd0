// SPDX-License-Identifier: Apache-2.0
#include "audit/log_lines.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "vocabulary/error.h"

namespace pushguard {

bool LogLines::read_more() {
  constexpr size_t kLargest = size_t{1} << 20;
  buffer_.erase(0, begin_);
  begin_ = 0;
  const size_t had = buffer_.size();
  if (had > kMostBytes) {
    throw Error(fmt::format("the audit log '{}' has a line of over {} MiB at byte {}: it is no "
                            "record; look at it, and move the file elsewhere",
                            path_.native(), kMostBytes >> 20, next_));
  }
  buffer_.resize(had + chunk_);
  ssize_t got;
  do {
    got = pread(fd_, buffer_.data() + had, chunk_, static_cast<off_t>(next_ + had));
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    throw Error(
        fmt::format("cannot read the audit log '{}': {}", path_.native(), std::strerror(errno)));
  }
  buffer_.resize(had + static_cast<size_t>(got));
  chunk_ = std::min(2 * chunk_, kLargest);
  return got > 0;
}

bool LogLines::next() {
  if (!is_first_) begin_ += size_ + 1;
  is_first_ = true;  // until there is one
  size_ = 0;
  for (size_t searched = 0;;) {
    const size_t found = buffer_.find('\n', begin_ + searched);
    if (found != buffer_.npos) {
      size_ = found - begin_;
      next_ += size_ + 1;
      is_first_ = false;
      return true;
    }
    searched = buffer_.size() - begin_;
    if (!read_more()) return false;
  }
}

}  // namespace pushguard
