// SPDX-License-Identifier: Apache-2.0
#include "regex/program.h"

#include <re2/regexp.h>

#include <algorithm>

#include "regex/syntax_tree.h"

namespace pushguard {
namespace {

using re2::Regexp;
using Op = Instruction::Op;

struct OnlyRe2 {};  // thrown: the regex has no program

class Compiler {
 public:
  Compiler(int group, SetPool& sets) : group_(group), sets_(sets) {}

  CompiledProgram compile(Regexp& tree) {
    add(tree);
    emit({.op = Op::match, .byte = group_ == 0});
    for (Instruction& one : code_) {
      if (one.op == Op::jump || one.op == Op::split) one.first = end_of_jumps(one.first);
      if (one.op == Op::split) one.second = end_of_jumps(one.second);
    }
    for (size_t at = 0; at < code_.size(); ++at) {
      Instruction& one = code_[at];
      switch (one.op) {
        case Op::repeat:
        case Op::repeat_lazy: one.next = first_of(at + 1); break;
        case Op::split:
          one.ahead = first_of(one.first);
          one.ahead_second = second_of(one.first);
          one.next = first_of(one.second);
          one.next_second = second_of(one.second);
          break;
        default: break;
      }
    }
    const uint16_t first = first_of(0), second = second_of(0);
    return {std::move(code_), first, second, memos_};
  }

 private:
  size_t emit(Instruction instruction) {
    if (code_.size() >= kMostInstructions) throw OnlyRe2();
    code_.push_back(instruction);
    if (joined_) code_.back().memo = ++memos_;
    joined_ = false;
    return code_.size() - 1;
  }
  uint16_t here() const { return static_cast<uint16_t>(code_.size()); }
  // Several ways lead to the next instruction.
  void join() { joined_ = true; }

  static std::optional<ByteSet> one_byte(Regexp& node) {
    switch (node.op()) {
      case re2::kRegexpLiteral:
      case re2::kRegexpCharClass:
      case re2::kRegexpAnyChar:
      case re2::kRegexpAnyByte: return parts_of(owned(node.Incref())).front().bytes;
      default: return std::nullopt;
    }
  }

  void add_one(const ByteSet& bytes) {
    std::vector<uint8_t> members;
    for (int byte = 0; byte < 256 && members.size() < 3; ++byte) {
      if (bytes.contains(static_cast<char>(byte))) members.push_back(static_cast<uint8_t>(byte));
    }
    if (members.empty()) {
      emit({.op = Op::fail});
    } else if (members.size() == 1) {
      emit({.op = Op::byte, .byte = members[0]});
    } else if (members.size() == 2 && members[1] >= 'a' && members[1] <= 'z' &&
               members[0] == (members[1] ^ 0x20)) {
      emit({.op = Op::letter, .byte = members[1]});
    } else {
      emit({.op = Op::set, .set = sets_.place(bytes)});
    }
  }

  void add(Regexp& node) {
    if (++depth_ > kDeepest) throw OnlyRe2();
    add_node(node);
    --depth_;
  }

  void add_node(Regexp& node) {
    if (const auto bytes = one_byte(node)) return add_one(*bytes);
    switch (node.op()) {
      case re2::kRegexpNoMatch: emit({.op = Op::fail}); return;
      case re2::kRegexpEmptyMatch: return;
      case re2::kRegexpLiteralString:
        for (int i = 0; i < node.nrunes(); ++i) {
          add(*owned(Regexp::NewLiteral(node.runes()[i], node.parse_flags())));
        }
        return;
      case re2::kRegexpConcat:
        for (int i = 0; i < node.nsub(); ++i) add(*node.sub()[i]);
        return;
      case re2::kRegexpAlternate: add_alternatives(node); return;
      case re2::kRegexpStar: add_repeat(node, 0, -1); return;
      case re2::kRegexpPlus: add_repeat(node, 1, -1); return;
      case re2::kRegexpQuest: add_repeat(node, 0, 1); return;
      case re2::kRegexpRepeat: add_repeat(node, node.min(), node.max()); return;
      case re2::kRegexpCapture:
        if (node.cap() == group_) emit({.op = Op::begin_secret});
        add(*node.sub()[0]);
        if (node.cap() == group_) emit({.op = Op::end_secret});
        return;
      case re2::kRegexpBeginLine: emit({.op = Op::begin_line}); return;
      case re2::kRegexpEndLine: emit({.op = Op::end_line}); return;
      case re2::kRegexpBeginText: emit({.op = Op::begin_text}); return;
      case re2::kRegexpEndText: emit({.op = Op::end_text}); return;
      case re2::kRegexpWordBoundary: emit({.op = Op::word_boundary}); return;
      case re2::kRegexpNoWordBoundary: emit({.op = Op::no_word_boundary}); return;
      default: throw OnlyRe2();
    }
  }

  void add_alternatives(Regexp& node) {
    std::vector<size_t> jumps;
    for (int i = 0; i < node.nsub(); ++i) {
      const bool last = i + 1 == node.nsub();
      const size_t split = last ? 0 : emit({.op = Op::split});
      if (!last) code_[split].first = here();
      add(*node.sub()[i]);
      if (last) break;
      jumps.push_back(emit({.op = Op::jump}));
      code_[split].second = here();
    }
    for (const size_t jump : jumps) code_[jump].first = here();
    join();
  }

  // A `most` below 0 is no limit.
  void add_repeat(Regexp& node, int least, int most) {
    Regexp& body = *node.sub()[0];
    const bool lazy = (node.parse_flags() & Regexp::NonGreedy) != 0;
    if (const auto bytes = one_byte(body)) {
      if (least == most && least <= 2) {
        for (int i = 0; i < least; ++i) add_one(*bytes);
        return;
      }
      emit({.op = lazy ? Op::repeat_lazy : Op::repeat,
            .first = static_cast<uint16_t>(least),
            .second = most < 0 ? Instruction::kNoLimit : static_cast<uint16_t>(most),
            .set = sets_.place(*bytes)});
      if (least != most) join();
      return;
    }
    for (int i = 0; i < least; ++i) add(body);
    if (most < 0) {
      if (may_be_empty(body)) throw OnlyRe2();
      join();
      const size_t split = emit({.op = Op::split});
      (lazy ? code_[split].second : code_[split].first) = here();
      add(body);
      emit({.op = Op::jump, .first = static_cast<uint16_t>(split)});
      (lazy ? code_[split].first : code_[split].second) = here();
      return;
    }
    std::vector<size_t> splits;
    for (int i = least; i < most; ++i) {
      splits.push_back(emit({.op = Op::split}));
      (lazy ? code_[splits.back()].second : code_[splits.back()].first) = here();
      add(body);
    }
    for (const size_t split : splits) {
      (lazy ? code_[split].first : code_[split].second) = here();
    }
    if (!splits.empty()) join();
  }

  static bool may_be_empty(Regexp& node) {
    size_t shortest = 0;
    for (const RegexPart& part : parts_of(owned(node.Incref()))) shortest += part.shortest;
    return shortest == 0;
  }

  uint16_t end_of_jumps(uint16_t place) const {
    while (code_[place].op == Op::jump) place = code_[place].first;
    return place;
  }

  // The bytes with which what follows `at` can begin. kUnknown if it may match no byte.
  uint16_t first_of(size_t at) {
    ByteSet bytes;
    const bool known = look_ahead(at, [&](const ByteSet& first, size_t) { bytes |= first; });
    return known && bytes != kAllBytes ? sets_.place(bytes) : Instruction::kUnknown;
  }

  // The bytes behind these. kUnknown if it may match less than two bytes.
  uint16_t second_of(size_t at) {
    ByteSet bytes;
    bool two = true;
    const bool one = look_ahead(at, [&](const ByteSet&, size_t behind) {
      two = two && look_ahead(behind, [&](const ByteSet& second, size_t) { bytes |= second; });
    });
    return one && two && bytes != kAllBytes ? sets_.place(bytes) : Instruction::kUnknown;
  }

  // Calls `found` with each set of bytes that can be first from `at` on, and with the place
  // behind it. Returns whether there is a first byte in any case.
  template <typename Found>
  bool look_ahead(size_t at, Found found) {
    std::vector<size_t> pending{at}, seen;
    while (!pending.empty()) {
      const size_t place = pending.back();
      pending.pop_back();
      if (std::ranges::find(seen, place) != seen.end()) continue;
      seen.push_back(place);
      const Instruction& one = code_[place];
      switch (one.op) {
        case Op::byte:
        case Op::letter: {
          ByteSet bytes;
          bytes.insert(one.byte);
          if (one.op == Op::letter) bytes.insert(one.byte ^ 0x20);
          found(bytes, place + 1);
          break;
        }
        case Op::set: found(ByteSet(sets_.all()[one.set]), place + 1); break;
        case Op::repeat:
        case Op::repeat_lazy:
          if (one.first == 0) pending.push_back(place + 1);
          // Behind its first byte is another of its bytes, or what follows it.
          if (one.second > 1) found(ByteSet(sets_.all()[one.set]), place);
          if (one.second > 0 && one.first <= 1) found(ByteSet(sets_.all()[one.set]), place + 1);
          break;
        case Op::split: pending.push_back(one.second); [[fallthrough]];
        case Op::jump: pending.push_back(one.first); break;
        case Op::match: return false;
        case Op::fail: break;
        default: pending.push_back(place + 1);
      }
    }
    return true;
  }

  static constexpr int kDeepest = 200;  // of nodes in nodes: each is a call in a call

  const int group_;
  int depth_ = 0;
  SetPool& sets_;
  std::vector<Instruction> code_;
  bool joined_ = false;  // several ways lead to the next instruction
  uint16_t memos_ = 0;
};

}  // namespace

uint16_t SetPool::place(const ByteSet& set) {
  const auto number = static_cast<uint16_t>(std::ranges::find(all_, set) - all_.begin());
  if (number == all_.size()) all_.push_back(set);
  return number;
}

std::optional<CompiledProgram> compile_program(std::string_view regex, int group, SetPool& sets) {
  const SyntaxTree tree = parse_regex(regex);
  try {
    return Compiler(group, sets).compile(*tree);
  } catch (const OnlyRe2&) {
    return std::nullopt;
  }
}

}  // namespace pushguard
