// SPDX-License-Identifier: Apache-2.0
// How every rule's regex runs: RE2, on bytes.
//
// Latin-1, since blobs are bytes: in UTF-8 mode '.' refuses byte 0xFF, and a
// secret beside one would go unseen.
#pragma once

#include <re2/re2.h>

#include <cstdint>

namespace pushguard {

// Capture groups that a rule may have, the whole match included.
inline constexpr int kMostGroups = 9;

// As a rule's secret_group: the first group that is not empty, else the match.
inline constexpr uint8_t kFirstGroup = 0xff;

// The secret in what RE2 filled for a rule; groups_for() says how many it needs.
inline int groups_for(uint8_t secret_group) {
  return secret_group == kFirstGroup ? kMostGroups : secret_group + 1;
}
inline const re2::StringPiece& secret_of(const re2::StringPiece* groups, uint8_t secret_group) {
  if (secret_group != kFirstGroup) return groups[secret_group];
  for (int i = 1; i < kMostGroups; ++i) {
    if (!groups[i].empty()) return groups[i];
  }
  return groups[0];
}

inline RE2::Options regex_options() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  return options;
}

}  // namespace pushguard
