// SPDX-License-Identifier: Apache-2.0
// A match in decoded text, and its place in the object.
#pragma once

#include <string>
#include <vector>

#include "detect/candidate.h"
#include "vocabulary/range.h"
#include "vocabulary/secret.h"

namespace pushguard {

struct EncodedMatch {
  Match match;           // `match.secret` is the range of the encoded secret in the object
  Secret secret;         // the decoded secret
  std::string encoding;  // "base64", "gzip in base64": the innermost first
};

// A range of an object with all matches in it, kept for deltas.
struct EncodedSighting {
  Range range;
  std::vector<EncodedMatch> matches;
};

}  // namespace pushguard
