// SPDX-License-Identifier: Apache-2.0
// The lines of a log, one after the other, from a place in it on.
//
// It is read, not mapped: a file that is cut meanwhile ends a mapping by a signal.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace pushguard {

class LogLines {
 public:
  // `path` names the file in errors. The descriptor stays open.
  LogLines(int fd, std::filesystem::path path, uint64_t begin)
      : fd_(fd), path_(std::move(path)), next_(begin) {}

  // False at the end of the file. A last line without a line feed is not returned, but counted by
  // torn(). Throws Error when the file cannot be read, or a line is longer than kMostBytes.
  bool next();

  std::string_view line() const { return std::string_view(buffer_).substr(begin_, size_); }
  // Where it begins in the file, and where the next one does.
  uint64_t begin() const { return next_ - size_ - 1; }
  uint64_t end() const { return next_; }
  // The bytes behind the last line feed; known at the end.
  uint64_t torn() const { return buffer_.size() - begin_; }

  static constexpr size_t kMostBytes = size_t{64} << 20;

 private:
  bool read_more();

  int fd_;
  std::filesystem::path path_;
  uint64_t next_;         // where the next line begins in the file
  std::string buffer_;    // bytes of the file, up to what was read of it
  size_t begin_ = 0;      // of the line in the buffer
  size_t size_ = 0;       // of the line
  bool is_first_ = true;  // no line was returned yet
  size_t chunk_ = 4096;   // bytes of the next read: most logs have nothing new, or a line
};

}  // namespace pushguard
