// SPDX-License-Identifier: Apache-2.0
// A regex taken apart: which bytes stand one behind the other in a match, and
// how many of them.
//
// RE2 keeps its parsed form to itself, so its syntax is read here once more; only
// sizes and sets of bytes are taken from it. `regex` must be one that RE2 accepts.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "regex/bytes.h"

namespace pushguard {

// What a part of a regex matches.
struct RegexPart {
  std::optional<size_t> longest = 0;  // bytes, counted in Latin-1; nothing: without bound
  size_t shortest = 0;                // bytes, at least
  ByteSet bytes;                      // nothing but these

  RegexPart& operator+=(const RegexPart& behind);
};

// A beginning of a regex that every match begins with a match of.
struct Beginning {
  size_t size;     // characters of the regex
  size_t longest;  // bytes in the longest match of these
};

class RegexReader {
 public:
  explicit RegexReader(std::string_view regex);

  // One behind the other, the whole of a match. What has alternatives or is
  // repeated is one part.
  const std::vector<RegexPart>& parts() const { return parts_; }

  // Those that have a bound, shortest first. None where alternatives have nothing
  // around them.
  std::vector<Beginning> beginnings() const {
    return branches_ ? std::vector<Beginning>() : beginnings_;
  }

  // The first group that stands in no other.
  struct FirstGroup {
    size_t begin = 0, inside = 0, end = 0;  // of "(?:", of what is in it, of its ")"
    std::vector<size_t> bars;
    bool repeated = false;
  };
  std::optional<FirstGroup> first_group() const {
    return first_.end == 0 || branches_ ? std::nullopt : std::optional(first_);
  }

 private:
  // An open group: RE2 itself refuses nesting deeper than a thousand.
  struct Group {
    std::optional<RegexPart> others;  // alternatives before the one at hand
    RegexPart all;                    // of the one at hand
    std::vector<RegexPart> parts;     // of the same

    void add(const RegexPart& part);
    void add_all(std::vector<RegexPart> more);
    void branch();
    std::vector<RegexPart> close();
  };

  size_t read() const { return regex_.size() - rest_.size(); }
  bool take(std::string_view text);
  bool take_flags();
  void skip_opening();
  RegexPart atom();
  RegexPart escape();
  RegexPart repeated(RegexPart once);

  struct Braces {
    bool found = false;
    size_t least = 0;
    std::optional<size_t> most;
  };
  Braces braces();

  const std::string_view regex_;
  std::string_view rest_;
  const bool both_cases_;
  std::vector<RegexPart> parts_;
  std::vector<Beginning> beginnings_;
  bool branches_ = false;
  FirstGroup first_;
};

}  // namespace pushguard
