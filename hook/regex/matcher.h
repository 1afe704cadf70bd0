// SPDX-License-Identifier: Apache-2.0
// Runs a program (regex/program.h) on bytes: a backtracking search with a memory.
//
// Of all matches from a place it finds the one that RE2 finds, which prefers what is written
// first. From a place in the content to which several ways lead, a failure is remembered, so
// most texts cost a few steps a byte. A search that takes more than kStepsPerByte is undecided,
// and RE2 decides: no text costs more than a fixed number of steps for each of its bytes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "regex/program.h"
#include "vocabulary/range.h"

namespace pushguard {

class RegexMatcher {
 public:
  enum class Answer : uint8_t { match, none, undecided };
  static constexpr size_t kStepsPerByte = 16, kStepsAtLeast = 4096;

  // The next calls of find() are about matches in `window` of `content`. Assertions see
  // the bytes around it. Both arguments must outlive these calls.
  void search(const RegexProgram& program, std::string_view content, Range window);

  // Looks for the first match that begins in `starts`, a range of places in the window or at its
  // end.
  Answer find(Range starts);
  // After Answer::undecided: where the search was.
  size_t undecided_at() const { return match_.begin; }

  // After Answer::match: the match, and the secret in it, which is empty if its group took no
  // part.
  Range match() const { return match_; }
  Range secret() const { return secret_; }

 private:
  struct Choice {  // what is left to try
    enum class Kind : uint8_t { branch, fewer, more, secret_begin, secret_end } kind;
    uint16_t place;
    size_t at, last;
  };

  bool seen_before(uint16_t memo, size_t at);
  bool may_match_at(size_t start) const;
  void choose(Choice choice);
  Answer run(size_t start);

  const RegexProgram* program_ = nullptr;
  std::string_view content_;
  Range window_{0, 0};
  size_t steps_ = 0, most_steps_ = 0;
  std::vector<Choice> choices_;  // the first choice_count_ of them
  size_t choice_count_ = 0;
  std::vector<uint64_t> memory_;
  bool remembers_ = false;
  Range match_{0, 0}, secret_{0, 0};
};

}  // namespace pushguard
