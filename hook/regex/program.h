// SPDX-License-Identifier: Apache-2.0
// A regex as static data: a list of instructions without pointers, which a backtracking
// matcher (regex/matcher.h) runs as it lies in the binary.
//
// Compiling a regex with RE2 takes 2 to 20 million instructions, far more than the search in
// a push. A program is made when the program itself is built, and gives the matches and groups
// that RE2 gives. A repeat of one class of bytes is one instruction, whatever its counts, so all
// built-in rules take 1 MB.
// Rejected: RE2's own instruction array (it writes repeats out: 10 MB), DFAs (2 to 12 MB and no
// groups), a file of compiled regexes (it needs a path that nobody else may write), re2c (a
// function for each rule, which relocates and cannot be bounded).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "regex/byte_set.h"

namespace pushguard {

struct Instruction {
  enum class Op : uint8_t {
    byte,          // one byte: `byte`
    letter,        // one letter in either case; `byte` is the lower one
    set,           // one byte of `set`
    repeat,        // `first` to `second` bytes of `set`, as many as possible
    repeat_lazy,   // the same, as few as possible
    split,         // goes on at `first`, and at `second` if that fails
    jump,          // goes on at `first`
    begin_secret,  // the secret begins here
    end_secret,    // the secret ends here
    begin_line,
    end_line,
    begin_text,
    end_text,
    word_boundary,
    no_word_boundary,
    match,  // `byte`: 1 if the whole match is the secret
    fail,
  };

  // As a set: any byte may follow, or none.
  static constexpr uint16_t kUnknown = 0xffff;
  // As `second` of a repeat: without a limit.
  static constexpr uint16_t kNoLimit = 0xffff;

  Op op = Op::fail;
  uint8_t byte = 0;
  uint16_t memo = 0;               // 1 + number of a place that several ways lead to; 0: none
  uint16_t first = 0, second = 0;  // places in the program, or counts
  uint16_t set = kUnknown;
  // The sets of the bytes that what is ahead can begin with, and of those behind these: at
  // `first` of a split, and at `second` of it. `next` is also what can follow a repeat.
  uint16_t ahead = kUnknown, ahead_second = kUnknown, next = kUnknown, next_second = kUnknown;

  friend bool operator==(const Instruction&, const Instruction&) = default;
};

// Views over the tables.
struct RegexProgram {
  std::span<const Instruction> code;  // starts at 0
  std::span<const ByteSet> sets;      // shared by all programs of a pool
  uint16_t first = 0, second = 0;     // the sets of the bytes that a match can begin with
  uint16_t memos = 0;                 // the number of places with a memo

  bool empty() const { return code.empty(); }
  // Whether matches begin where the text does.
  bool begins_text() const { return code.front().op == Instruction::Op::begin_text; }
};

// The sets of several programs, each distinct one once.
class SetPool {
 public:
  uint16_t place(const ByteSet& set);
  const std::vector<ByteSet>& all() const { return all_; }

 private:
  std::vector<ByteSet> all_;
};

struct CompiledProgram {
  std::vector<Instruction> code;
  uint16_t first = Instruction::kUnknown, second = Instruction::kUnknown, memos = 0;

  RegexProgram view(const SetPool& sets) const { return {code, sets.all(), first, second, memos}; }
};

// The program of `regex`, whose secret is capture group `group` (0: the match). Returns
// nothing for a regex that only RE2 can run: one that repeats what may be empty without a limit,
// that has more than kMostInstructions, or that has groups in hundreds of groups. Throws Error if
// RE2 refuses `regex`.
constexpr size_t kMostInstructions = 8000;
std::optional<CompiledProgram> compile_program(std::string_view regex, int group, SetPool& sets);

}  // namespace pushguard
