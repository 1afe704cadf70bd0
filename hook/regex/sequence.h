// SPDX-License-Identifier: Apache-2.0
// A regex as a row of items, which match one after the other, so that a prefix of it
// or one of its alternatives can be made a regex of its own.
//
// Used when the built-in rules are compiled (keywords/end_max.h), never in a push.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "regex/syntax_tree.h"

namespace pushguard {

class RegexSequence {
 public:
  explicit RegexSequence(std::string_view regex);

  size_t size() const { return items_.size(); }

  // The first `count` items as a regex for RE2, without capture groups around them.
  // Every match of the whole starts with a match of it.
  std::string prefix(size_t count) const;

  // Bytes in the longest match of that prefix; nothing: no bound.
  std::optional<size_t> longest_match(size_t count) const;

  // The first item that is a choice between alternatives, size() without one.
  size_t first_choice() const;

  // The sequence with one of these alternatives in its first choice's place, for each
  // of them. Together they match what the sequence matches.
  std::vector<RegexSequence> alternatives() const;

 private:
  RegexSequence() = default;
  void append(const SyntaxTree& tree);
  void add(SyntaxTree item);

  struct Item {
    SyntaxTree tree;
    std::optional<size_t> longest;
  };
  std::vector<Item> items_;
};

}  // namespace pushguard
