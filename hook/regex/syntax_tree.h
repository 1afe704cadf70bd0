// SPDX-License-Identifier: Apache-2.0
// The syntax tree that RE2 parses a regex into, and what its nodes match.
//
// RE2's header of the tree is in no package: install/re2_headers.sh fetches it. Only
// the .cc files of this folder include it. Rejected: a parser of our own beside
// RE2's, which has to agree with it on every corner of the syntax.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "regex/byte_set.h"

namespace re2 {
class Regexp;
}

namespace pushguard {

// A node with all below it. Nodes are shared, never changed.
using SyntaxTree = std::shared_ptr<re2::Regexp>;

// Takes over the caller's reference to `node`.
SyntaxTree owned(re2::Regexp* node);

// The tree as parsed, before RE2 simplifies it. Throws Error if RE2 refuses `regex`.
SyntaxTree parse_regex(std::string_view regex);

// A piece of every match: 32 hex digits, or whichever alternative.
struct RegexPart {
  std::optional<size_t> longest = 0;  // bytes at most; nothing: no bound
  size_t shortest = 0;                // bytes at least
  ByteSet bytes;                      // no others than these

  RegexPart& operator+=(const RegexPart& next);
};

// Every match is one piece for each part, in their order. The parts are as small as
// can be: alternatives are one part, and so is what is optional or repeated.
std::vector<RegexPart> parts_of(const SyntaxTree& tree);

// Whether every match begins where the text does, as far as \A says so.
bool begins_text(const SyntaxTree& tree);

}  // namespace pushguard
