// SPDX-License-Identifier: Apache-2.0
// Scans one content in all ways: as it is, encoded text in it, and the files of an archive.
#pragma once

#include <optional>
#include <vector>

#include "detect/archive_scanner.h"
#include "detect/encoded_scanner.h"
#include "detect/finding.h"
#include "detect/scanner.h"

namespace pushguard {

class ContentScanner {
 public:
  // `scanner` must outlive it.
  ContentScanner(Scanner& scanner, const Limits& limits);
  ContentScanner(const ContentScanner&) = delete;
  ContentScanner& operator=(const ContentScanner&) = delete;

  std::vector<Finding> scan(const Object& object);
  // What the last scan() did not decode or unpack, and why.
  const std::vector<Unscanned>& unscanned() const { return unscanned_; }
  // Why the last scan() did not read the content itself to its end, if it did not.
  const std::optional<Cause>& cut_off() const { return cut_off_; }
  // What the scans since the last call decoded and unpacked.
  ContentCoverage take_coverage();

 private:
  std::vector<Finding> findings(const Object& object, std::optional<Cause>& cut_off);

  Scanner& scanner_;
  EncodedScanner encoded_;
  ArchiveScanner archives_;
  std::vector<Unscanned> unscanned_;
  std::optional<Cause> cut_off_;
};

}  // namespace pushguard
