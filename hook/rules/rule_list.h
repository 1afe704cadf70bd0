// SPDX-License-Identifier: Apache-2.0
// Rules by number. A built-in rule is unpacked when somebody first asks for it.
//
// Most pushes need no rule, the others a few. The built-in rules are therefore stored as
// numbers and characters only (PackedRules), which costs nothing at start. Rejected: unpacking
// all at once (185,000 instructions, more than a third of a small push).
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>

#include "rules/rule.h"

namespace pushguard {

// Rules without pointers: a position-independent program has nothing to relocate in them.
//
//   rules[n]             numbers, and for each text its place in the pool
//     lists[i]           the keywords and path globs of all rules, as places in the pool
//       pool             all texts, one after the other
//     code[i]            the programs of all regexes, one after the other
//       sets[i]          the sets of bytes that they name
struct PackedRules {
  struct Text {
    uint32_t at, size;
  };
  struct Program {
    uint32_t at;  // in `code`
    uint16_t size, first, second, memos;
  };
  struct Packed {
    Text id, provider, description, regex, rotate, companion, weaknesses;
    uint32_t keywords, keyword_count;  // in `lists`
    uint32_t paths, path_count;
    uint32_t reach, context_needed;
    Program program, companion_program;
    float min_entropy;
    int16_t validator;  // in kValidators, or -1
    uint8_t secret_group, confidence, privilege, lifetime;
    bool companion_only;
    Release since;
  };

  std::string_view pool;
  std::span<const Text> lists;
  std::span<const Instruction> code;
  std::span<const ByteSet> sets;
  std::span<const Packed> rules;
};

// Unpacks rules into memory that is given to it. Any thread may ask at any time.
class RuleUnpacker {
 public:
  // `rules` and `ready` have an element for each rule, `texts` one for each of packed.lists.
  // All must outlive it, and be zero.
  constexpr RuleUnpacker(const PackedRules& packed, std::span<Rule> rules,
                         std::span<std::string_view> texts, std::span<std::atomic<bool>> ready)
      : packed_(packed), rules_(rules), texts_(texts), ready_(ready) {}

  size_t size() const { return rules_.size(); }
  const Rule& rule(size_t number) {
    if (!ready_[number].load(std::memory_order_acquire)) unpack(number);
    return rules_[number];
  }
  std::span<const Rule> all();

 private:
  void unpack(size_t number);

  const PackedRules& packed_;
  std::span<Rule> rules_;
  std::span<std::string_view> texts_;
  std::span<std::atomic<bool>> ready_;
  std::mutex lock_;
};

class RuleList {
 public:
  RuleList() = default;
  RuleList(std::span<const Rule> rules) : rules_(rules) {}
  RuleList(const Rule* first, size_t size) : RuleList(std::span(first, size)) {}
  constexpr RuleList(RuleUnpacker& unpacker) : unpacker_(&unpacker) {}

  size_t size() const { return unpacker_ ? unpacker_->size() : rules_.size(); }
  bool empty() const { return size() == 0; }
  std::span<const Rule> all() const { return unpacker_ ? unpacker_->all() : rules_; }
  const Rule& operator[](size_t number) const {
    return unpacker_ ? unpacker_->rule(number) : rules_[number];
  }
  auto begin() const { return all().begin(); }
  auto end() const { return all().end(); }

 private:
  std::span<const Rule> rules_;
  RuleUnpacker* unpacker_ = nullptr;
};

}  // namespace pushguard
