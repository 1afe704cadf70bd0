// SPDX-License-Identifier: Apache-2.0
// Regexes written for Go's RE2, for use with C++'s: nearly one syntax.
//
// Differences are rewritten where the meaning stays the same, and reported where it does not
// (GoRegex::has_wide_class). RE2's syntax page and Go's package regexp/syntax describe the two.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pushguard {

struct GoRegex {
  std::string regex;  // for RE2; it may still refuse it
  // Whether a class holds characters beyond ASCII ("[äö]", "\p{L}"): rules run
  // on bytes, so it is a class of the bytes that write them.
  bool has_wide_class = false;
};

// (?<name>...), which the RE2 of this build does not know, becomes (?P<name>...).
// A character beyond ASCII, written or escaped, becomes the group of its bytes
// in UTF-8, so that a repetition after it repeats the whole character.
GoRegex from_go(std::string_view regex);

}  // namespace pushguard
