// SPDX-License-Identifier: Apache-2.0
#include "regex/matcher.h"

#include <algorithm>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

// Most searches fail within a few steps and need no memory, which has to be cleared.
constexpr size_t kStepsWithoutMemory = 128;
constexpr size_t kMostMemory = size_t{1} << 14;  // words of 64 bits

bool is_word(char c) { return is_alnum(c) || c == '_'; }

bool is_assertion(Instruction::Op op) {
  return op >= Instruction::Op::begin_line && op <= Instruction::Op::no_word_boundary;
}

bool holds(Instruction::Op assertion, std::string_view content, size_t at) {
  using Op = Instruction::Op;
  switch (assertion) {
    case Op::begin_line: return at == 0 || content[at - 1] == '\n';
    case Op::end_line: return at == content.size() || content[at] == '\n';
    case Op::begin_text: return at == 0;
    case Op::end_text: return at == content.size();
    default: break;
  }
  const bool before = at > 0 && is_word(content[at - 1]);
  const bool behind = at < content.size() && is_word(content[at]);
  return (before != behind) == (assertion == Op::word_boundary);
}

}  // namespace

void RegexMatcher::search(const RegexProgram& program, std::string_view content, Range window) {
  program_ = &program;
  content_ = content;
  window_ = window;
  steps_ = 0;
  most_steps_ = kStepsAtLeast + kStepsPerByte * window.size();
  remembers_ = false;
}

// A cheap necessary condition.
inline bool RegexMatcher::may_match_at(size_t start) const {
  const auto fits = [&](uint16_t set, size_t at) {
    return set == Instruction::kUnknown ||
           (at < window_.end && program_->sets[set].contains(content_[at]));
  };
  return fits(program_->first, start) && fits(program_->second, start + 1);
}

RegexMatcher::Answer RegexMatcher::find(Range starts) {
  const Instruction& first = program_->code.front();
  for (size_t start = starts.begin; start < starts.end; ++start) {
    if (!may_match_at(start)) continue;
    if (is_assertion(first.op) && !holds(first.op, content_, start)) continue;
    choice_count_ = 0;
    secret_ = {start, start};
    match_.begin = start;
    const Answer answer = run(start);
    if (answer == Answer::none) continue;
    remembers_ = false;  // not all that it remembers has failed
    return answer;
  }
  return Answer::none;
}

// Whether a search went on from the place `memo` at `at`, and so failed.
inline bool RegexMatcher::seen_before(uint16_t memo, size_t at) {
  if (!remembers_ && steps_ < kStepsWithoutMemory) return false;
  const size_t width = window_.size() + 1;
  if (!remembers_) {
    const size_t words = width * program_->memos / 64 + 1;
    if (steps_ < kStepsWithoutMemory + words || words > kMostMemory) return false;
    memory_.assign(words, 0);
    remembers_ = true;
  }
  const size_t bit = (memo - 1u) * width + (at - window_.begin);
  const uint64_t mask = uint64_t{1} << bit % 64;
  if (memory_[bit / 64] & mask) return true;
  memory_[bit / 64] |= mask;
  return false;
}

[[gnu::always_inline]] inline void RegexMatcher::choose(Choice choice) {
  if (choice_count_ == choices_.size()) choices_.resize(2 * choices_.size() + 16);
  choices_[choice_count_++] = choice;
}

RegexMatcher::Answer RegexMatcher::run(size_t start) {
  using Op = Instruction::Op;
  using Kind = Choice::Kind;
  const Instruction* const code = program_->code.data();
  const ByteSet* const sets = program_->sets.data();
  const char* const bytes = content_.data();
  const size_t end = window_.end;
  // Whether what begins with a byte of `set` can go on at `at`.
  const auto can_follow = [=](uint16_t set, size_t at) __attribute__((always_inline)) {
    return set == Instruction::kUnknown || (at < end && sets[set].contains(bytes[at]));
  };
  size_t place = 0, at = start;
  for (;;) {
    const Instruction& one = code[place];
    bool fails = false;
    if (one.memo != 0 && seen_before(one.memo, at)) {
      fails = true;
    } else {
      ++steps_;
      switch (one.op) {
        case Op::byte:
          fails = at == end || static_cast<uint8_t>(bytes[at]) != one.byte;
          ++at, ++place;
          break;
        case Op::letter:
          fails = at == end || (static_cast<uint8_t>(bytes[at]) | 0x20) != one.byte;
          ++at, ++place;
          break;
        case Op::set:
          fails = at == end || !sets[one.set].contains(bytes[at]);
          ++at, ++place;
          break;
        case Op::repeat:
        case Op::repeat_lazy: {
          const size_t most = one.second == Instruction::kNoLimit
                                  ? end - at
                                  : std::min<size_t>(one.second, end - at);
          if (most < one.first) {
            fails = true;
            break;
          }
          const ByteSet& set = sets[one.set];
          size_t run = 0;
          while (run < most && set.contains(bytes[at + run])) ++run;
          steps_ += run / 4;
          if (run < one.first) {
            fails = true;
            break;
          }
          const Kind kind = one.op == Op::repeat ? Kind::fewer : Kind::more;
          choose({kind, static_cast<uint16_t>(place), at + one.first, at + run});
          fails = true;  // as a choice it is tried next
          break;
        }
        case Op::split: {
          if (steps_ > most_steps_) return Answer::undecided;  // in a loop that does not fail
          const bool has_second = can_follow(one.next, at) && can_follow(one.next_second, at + 1);
          if (can_follow(one.ahead, at) && can_follow(one.ahead_second, at + 1)) {
            if (has_second) choose({Kind::branch, one.second, at, 0});
            place = one.first;
          } else {
            fails = !has_second;
            place = one.second;
          }
          break;
        }
        case Op::jump: place = one.first; break;
        case Op::begin_secret:
          choose({Kind::secret_begin, 0, secret_.begin, 0});
          secret_.begin = at;
          ++place;
          break;
        case Op::end_secret:
          choose({Kind::secret_end, 0, secret_.end, 0});
          secret_.end = at;
          ++place;
          break;
        case Op::match:
          match_ = {start, at};
          if (one.byte != 0) secret_ = match_;
          return Answer::match;
        case Op::fail: fails = true; break;
        default: fails = !holds(one.op, content_, at); ++place;
      }
    }
    while (fails) {
      if (steps_ > most_steps_) return Answer::undecided;
      if (choice_count_ == 0) return Answer::none;
      Choice& choice = choices_[choice_count_ - 1];
      switch (choice.kind) {
        case Kind::branch:
          place = choice.place;
          at = choice.at;
          --choice_count_;
          fails = false;
          break;
        case Kind::fewer: {
          const uint16_t next = code[choice.place].next;
          size_t last = choice.last;
          while (last > choice.at && !can_follow(next, last)) --last;
          steps_ += 1 + (choice.last - last) / 4;
          place = choice.place + 1u;
          at = last;
          fails = !can_follow(next, last);
          if (last == choice.at) {
            --choice_count_;
          } else {
            choice.last = last - 1;
          }
          break;
        }
        case Kind::more: {
          const uint16_t next = code[choice.place].next;
          size_t first = choice.at;
          while (first < choice.last && !can_follow(next, first)) ++first;
          steps_ += 1 + (first - choice.at) / 4;
          place = choice.place + 1u;
          at = first;
          fails = !can_follow(next, first);
          if (first == choice.last) {
            --choice_count_;
          } else {
            choice.at = first + 1;
          }
          break;
        }
        case Kind::secret_begin:
          secret_.begin = choice.at;
          --choice_count_;
          break;
        case Kind::secret_end:
          secret_.end = choice.at;
          --choice_count_;
          break;
      }
    }
  }
}

}  // namespace pushguard
