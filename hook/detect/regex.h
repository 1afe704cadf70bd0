// How every rule's regex runs: RE2, on bytes.
//
// Latin-1, since blobs are bytes: in UTF-8 mode '.' refuses byte 0xFF, and a
// secret beside one would go unseen.
#pragma once

#include <re2/re2.h>

namespace pushguard {

// Capture groups that a rule may have, the whole match included.
inline constexpr int kMostGroups = 9;

inline RE2::Options regex_options() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  return options;
}

}  // namespace pushguard
