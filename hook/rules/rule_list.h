// SPDX-License-Identifier: Apache-2.0
// Rules by number, made only when one is asked for.
//
// Most pushes meet no keyword, and so need no rule: the built-in ones are kept
// as plain numbers and characters (PackedRules), which cost nothing at start,
// and become Rules when the first is asked for.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace pushguard {

class RuleList {
 public:
  using Unpack = std::span<const Rule> (*)();  // the same rules at each call, by any thread

  RuleList() = default;
  RuleList(std::span<const Rule> rules) : rules_(rules), size_(rules.size()) {}
  RuleList(const Rule* first, size_t size) : RuleList(std::span(first, size)) {}
  constexpr RuleList(size_t size, Unpack unpack) : size_(size), unpack_(unpack) {}

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::span<const Rule> all() const { return unpack_ ? unpack_() : rules_; }
  const Rule& operator[](size_t number) const { return all()[number]; }
  auto begin() const { return all().begin(); }
  auto end() const { return all().end(); }

 private:
  std::span<const Rule> rules_;
  size_t size_ = 0;
  Unpack unpack_ = nullptr;
};

// Rules without pointers, so that a program that starts at a random address has
// nothing to relocate. Texts are places in `pool`.
struct PackedRules {
  struct Text {
    uint32_t at, size;
  };
  struct Packed {
    Text id, provider, description, regex, rotate, companion, weaknesses;
    uint32_t keywords, keyword_count;  // in `lists`
    uint32_t paths, path_count;
    uint32_t reach;
    float min_entropy;
    int16_t validator;  // in kValidators, or -1
    uint8_t secret_group, confidence, privilege, lifetime;
  };

  std::string_view pool;
  std::span<const Text> lists;
  std::span<const Packed> rules;

  // `texts` gets the lists that the rules refer to, and must live as long.
  std::vector<Rule> unpack(std::vector<std::string_view>& texts) const;
};

}  // namespace pushguard
