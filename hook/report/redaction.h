// SPDX-License-Identifier: Apache-2.0
// The last door before any text leaves the process: every secret that this push
// was found to hold is struck out, wherever it stands.
//
// Paths, ref names, author names and push options come from the pusher and can
// hold a secret themselves. Rejected: trusting each writer to mask its own;
// searching each text for each secret (a push can bring thousands of both).
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vocabulary/secret.h"

namespace pushguard {

class Redaction {
 public:
  void add(const Secret& secret);

  // `text` with every secret in it replaced by its preview.
  std::string apply(std::string_view text) const;

 private:
  static constexpr size_t kHead = 4;

  // The longest secret that stands at the start of `text`, or null.
  const Secret* at_start_of(std::string_view text) const;

  // By their first bytes, at most kHead of them; longest first.
  std::unordered_map<std::string, std::vector<Secret>> by_head_;
};

// For a terminal and for a line of its own: control characters, and bytes that
// are not ASCII, become '?'.
std::string printable(std::string_view text);

}  // namespace pushguard
