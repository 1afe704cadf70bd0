// SPDX-License-Identifier: Apache-2.0
// The progress bar of a scan: one line on a terminal that is rewritten in place.
//
// Where standard error is not a terminal there is no bar, so that logs and scripts see only what
// is worth reading: lines that are told.
#pragma once

#include <functional>
#include <span>

#include "scan/file_scan.h"

namespace pushguard {

// "[#####-----]  52%" and the `parts`, at most `width` columns: what does not fit is left out from
// the right. `done` of `all` is shown as the share.
std::string progress_line(uint64_t done, uint64_t all, std::span<const std::string> parts,
                          size_t width);
// "[#####-----]  52%  1,200 of 3,000 files  1.2 GiB  3 found": `bytes` are those of all entries.
std::string progress_line(const ScanState& state, size_t entries, uint64_t bytes, size_t width);

class Progress {
 public:
  // `line` is asked for the line of at most that many columns.
  explicit Progress(std::function<std::string(size_t width)> line);
  ~Progress();  // takes the line away
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void draw();
  // One line that stays, where there is no terminal; nothing on one.
  void tell(const std::string& line) const;

 private:
  const std::function<std::string(size_t)> line_;
  const bool is_terminal_;
  bool drawn_ = false;
};

// "1,234,567"
std::string grouped(uint64_t number);
// "1.2 GiB", "512 bytes"
std::string as_size(uint64_t bytes);

}  // namespace pushguard
