// SPDX-License-Identifier: Apache-2.0
// The progress bar of a scan: one line on a terminal that is rewritten in place.
//
// Nothing at all where standard error is not a terminal, so that logs and
// scripts see only what is worth reading.
#pragma once

#include "scan/file_scan.h"

namespace pushguard {

// "[#####-----]  52%  1,200 of 3,000 files  1.2 GiB  3 found", at most `width`
// columns: what does not fit is left out from the right.
std::string progress_line(const ScanState& state, size_t entries, uint64_t bytes, size_t width);

class Progress {
 public:
  Progress(const FileList& list, const ScanState& state);
  ~Progress();  // takes the line away
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void draw();

 private:
  const ScanState& state_;
  const size_t entries_;
  uint64_t bytes_ = 0;  // of all files
  const bool is_terminal_;
  bool drawn_ = false;
};

// "1,234,567"
std::string grouped(uint64_t number);
// "1.2 GiB", "512 bytes"
std::string as_size(uint64_t bytes);

}  // namespace pushguard
