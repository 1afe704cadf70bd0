// SPDX-License-Identifier: Apache-2.0
// A file of the log that is written anew: beside the old one, then in its place.
#pragma once

#include <filesystem>
#include <string_view>

#include "audit/log_files.h"
#include "vocabulary/descriptor.h"

namespace pushguard {

class NewLogFile {
 public:
  // Beside `old`, with its owner and mode. Throws Error, as all below.
  explicit NewLogFile(const LogFile& old);
  ~NewLogFile();

  void write_line(std::string_view line);
  // The bytes of all lines so far, line feeds included.
  uint64_t size() const { return size_; }
  // Syncs it and puts it in the place of the old one.
  void put_in_place();

 private:
  void write_out();

  std::filesystem::path path_, aside_;
  Descriptor file_;
  std::string buffer_;
  uint64_t size_ = 0;
};

}  // namespace pushguard
