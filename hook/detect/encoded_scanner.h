// SPDX-License-Identifier: Apache-2.0
// Scans encoded text in an object: base64, hex, escapes, UTF-16, and these nested.
//
// Decoded text is scanned like any other content; a match is reported at the place of its
// encoded bytes. Matches of generic rules are left out: most decoded text is not source code,
// so names mean little in it. A match is dropped when the plain scan has one at the same place
// with the same confidence or more.
//
// In a delta, only ranges that overlap fresh bytes are decoded; the matches in the others are
// taken over from the base. The result is the same as for the whole object.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "decode/encoded_range.h"
#include "detect/encoded_match.h"
#include "detect/scanner.h"
#include "objects/coverage.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class EncodedScanner {
 public:
  // `scanner` must outlive it.
  EncodedScanner(Scanner& scanner, const Limits& limits) : scanner_(scanner), limits_(limits) {}

  // Returns the matches, ordered by place. `object` must be the one that `scanner` scanned
  // last, with the matches `plain`. For a tree the result is empty: TreeNames scans its names.
  std::vector<EncodedMatch> scan(const Object& object, const std::vector<Match>& plain);

  // At most one for each reason why the last scan() left out encoded text: it is nested deeper or
  // decodes to more bytes than `limits` allows, reaches too far over the end of a part, or is
  // gzip that cannot be unpacked whole.
  const std::vector<Unscanned>& unscanned() const { return unscanned_; }
  // What the scans since the last call decoded, and what they left out. Of a delta only what
  // changed counts.
  ContentCoverage take_coverage() { return std::exchange(coverage_, {}); }

 private:
  std::vector<EncodedMatch> decoded(const Object& object, std::string_view content,
                                    const EncodedRange& range, uint32_t layer, size_t own_end);
  // `cause` is set to why the text was not scanned to its end, if it was not.
  std::vector<EncodedMatch> found_in(const Object& object, std::string_view text, uint32_t layer,
                                     size_t own_end, std::optional<Cause>& cause);
  // Keeps the first of what is left out in `cause`.
  void leave_out(std::optional<Cause>& cause, const Object& object, std::string detail,
                 Cause what = Cause::too_large, Why why = Why::too_large);

  Scanner& scanner_;
  const Limits limits_;
  uint64_t decoded_bytes_ = 0;  // so far in the current object
  std::vector<Unscanned> unscanned_;
  ContentCoverage coverage_;
};

// Where the own bytes of a part end; 0 for the last part, and for what is no part.
size_t end_of_own(const Object& object);

// The bytes around a secret in decoded text that decide what is found there; no built-in rule
// needs more.
inline constexpr size_t kDecodedContext = 10 << 10;

// Drops the matches in `plain` for which `encoded` has one with more confidence: a match of a
// generic rule when the two overlap, any other when both begin at the same byte (a private key
// in base64). So a token that contains another secret in its middle is kept.
void prefer_encoded(std::vector<Match>& plain, const std::vector<EncodedMatch>& encoded);

}  // namespace pushguard
