// SPDX-License-Identifier: Apache-2.0
// The rules on what an object holds in encodings: base64, hex, escapes, UTF-16,
// and these in each other.
//
// Decoded text is a content like any other for the Scanner; what it finds is told
// at the place where it is written. Rules that know no provider are left out:
// most decoded text is no source code, and their words mean little in it. What
// the plain scan tells of the same place at least as surely is not told again.
//
// Of a delta only ranges that its fresh bytes touch are decoded; what was
// found in the others is taken over. The result is the same as of the whole.
#pragma once

#include <span>
#include <vector>

#include "decode/encoded_range.h"
#include "detect/encoded_match.h"
#include "detect/scanner.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class EncodedScanner {
 public:
  // `scanner` must outlive it.
  EncodedScanner(Scanner& scanner, const Limits& limits) : scanner_(scanner), limits_(limits) {}

  // Matches in order of their place. `plain` is what the scanner found in the
  // object itself; it must be the last object that was scanned. Commits, tags
  // and blobs are looked at; trees have names, which are found by themselves.
  std::vector<EncodedMatch> scan(const Object& object, const std::vector<Match>& plain);

  // Of the last scan: what is encoded deeper, or unpacks to more, than the limits
  // allow. At most one.
  const std::vector<Unscanned>& unscanned() const { return unscanned_; }

 private:
  std::vector<EncodedMatch> decoded(const Object& object, std::string_view content,
                                    const EncodedRange& range, uint32_t layer);
  std::vector<EncodedMatch> found_in(const Object& object, std::string_view text, uint32_t layer);
  void leave_out(const Object& object, std::string detail);

  Scanner& scanner_;
  const Limits limits_;
  uint64_t decoded_bytes_ = 0;  // of the object at hand
  std::vector<Unscanned> unscanned_;
};

// Drops of `plain` what only a name says is a secret and `encoded` knows better.
void prefer_encoded(std::vector<Match>& plain, const std::vector<EncodedMatch>& encoded);

}  // namespace pushguard
