// SPDX-License-Identifier: Apache-2.0
// All that is looked for in one content: what stands there as it is, what is
// written in encodings, and what the files in an archive hold.
#pragma once

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
  // Of the last scan: what was not decoded or unpacked, and why.
  const std::vector<Unscanned>& unscanned() const { return unscanned_; }

 private:
  std::vector<Finding> findings(const Object& object);

  Scanner& scanner_;
  EncodedScanner encoded_;
  ArchiveScanner archives_;
  std::vector<Unscanned> unscanned_;
};

}  // namespace pushguard
