// SPDX-License-Identifier: Apache-2.0
// Scans encoded text in an object: base64, hex, escapes, UTF-16, and these nested.
//
// Decoded text is scanned like any other content; a match is reported at the place of its
// encoded bytes. Generic rules are left out: most decoded text is no source code, so names
// mean little in it. A match is dropped when the plain scan has one at the same place that is
// at least as sure.
//
// In a delta, only ranges that overlap fresh bytes are decoded; the matches in the others are
// taken over from the base. The result is the same as for the whole object.
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

  // The matches, ordered by place. `plain` are the scanner's matches in the object itself,
  // which must be the last object that it scanned. Trees are skipped: their names are
  // scanned by TreeNames.
  std::vector<EncodedMatch> scan(const Object& object, const std::vector<Match>& plain);

  // At most one: whether the last scan() met text that is nested deeper, or decodes to more,
  // than the limits allow.
  const std::vector<Unscanned>& unscanned() const { return unscanned_; }

 private:
  std::vector<EncodedMatch> decoded(const Object& object, std::string_view content,
                                    const EncodedRange& range, uint32_t layer);
  std::vector<EncodedMatch> found_in(const Object& object, std::string_view text, uint32_t layer);
  void leave_out(const Object& object, std::string detail);

  Scanner& scanner_;
  const Limits limits_;
  uint64_t decoded_bytes_ = 0;  // so far in the current object
  std::vector<Unscanned> unscanned_;
};

// Drops the matches in `plain` for which `encoded` has a surer one: generic matches that
// overlap it, and others that begin where it is written, such as a private key in base64.
// A token with another secret in its middle begins before that.
void prefer_encoded(std::vector<Match>& plain, const std::vector<EncodedMatch>& encoded);

}  // namespace pushguard
