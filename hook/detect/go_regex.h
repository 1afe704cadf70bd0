// Regexes written for Go's RE2, for use with C++'s: nearly one syntax.
//
// What differs is rewritten where the meaning stays the same, and told where it
// does not. Both sides are described in RE2's syntax page and in Go's package
// regexp/syntax.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pushguard {

struct GoRegex {
  std::string regex;  // for RE2; it may still refuse it
  // Whether it speaks of characters beyond ASCII, which are several bytes in a
  // file: rules run on bytes, so '.', classes and counts can mean less.
  bool beyond_ascii = false;
};

// (?<name>...), which the RE2 of this build does not know, becomes (?P<name>...).
GoRegex from_go(std::string_view regex);

}  // namespace pushguard
