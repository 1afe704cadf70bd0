// SPDX-License-Identifier: Apache-2.0
// Rules by number, unpacked when the first one is asked for.
//
// Most pushes contain no keyword and need no rule. The built-in rules are therefore stored as
// numbers and characters only (PackedRules), which costs nothing at start.
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

// Rules without pointers: a position-independent program has nothing to relocate in them.
//
//   rules[n]             numbers, and for each text its place in the pool
//     lists[i]           the keywords and path globs of all rules, as places in the pool
//       pool             all texts, one after the other
//     required_runs[i]   the required runs of all rules, a list that several have once
struct PackedRules {
  struct Text {
    uint32_t at, size;
  };
  struct Packed {
    Text id, provider, description, regex, rotate, companion, weaknesses;
    uint32_t keywords, keyword_count;  // in `lists`
    uint32_t paths, path_count;
    uint32_t reach, context_needed;
    uint32_t runs, run_count;  // in `required_runs`
    float min_entropy;
    int16_t validator;  // in kValidators, or -1
    uint8_t secret_group, confidence, privilege, lifetime;
  };

  std::string_view pool;
  std::span<const Text> lists;
  std::span<const RequiredRun> required_runs;
  std::span<const Packed> rules;

  // Fills `texts` with the lists that the result refers to; it must outlive the result.
  std::vector<Rule> unpack(std::vector<std::string_view>& texts) const;
};

}  // namespace pushguard
