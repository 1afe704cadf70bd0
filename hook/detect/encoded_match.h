// SPDX-License-Identifier: Apache-2.0
// What was found in decoded text, and where in the object it is written.
#pragma once

#include <string>
#include <vector>

#include "detect/candidate.h"
#include "vocabulary/range.h"
#include "vocabulary/secret.h"

namespace pushguard {

struct EncodedMatch {
  Match match;           // `match.secret` is where it is written, in the object
  Secret secret;         // decoded
  std::string encoding;  // "base64", "gzip in base64": the innermost first
};

// A range of an object with all that was found in it, kept for deltas.
struct EncodedSighting {
  Range range;
  std::vector<EncodedMatch> matches;
};

}  // namespace pushguard
