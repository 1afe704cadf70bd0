// SPDX-License-Identifier: Apache-2.0
// The conditions of an imported rule beyond its regex and its entropy: allow-lists, other
// rules that must match near by, and the path of the file.
//
// Rule::conditions is null for every built-in rule. Rejected: more fields in Rule, which is
// static data.
#pragma once

#include <cstdint>
#include <optional>

#include "rules/allowlist.h"

namespace pushguard {

class Conditions;

// Another rule that must match near a match, or the match does not count.
struct Requirement {
  SharedRegex regex;
  uint8_t secret_group = 0;
  float min_entropy = 0;
  std::shared_ptr<const Conditions> conditions;  // the other rule's own; may be null
  // The most lines and columns between the starts of both matches. Without `lines`: anywhere
  // within kNearby bytes.
  std::optional<size_t> lines, columns;
};

class Conditions {
 public:
  static constexpr size_t kMostAllowlists = 64;

  SharedRegex in_files;  // matches the paths of the files that the rule is about; null: all
  std::vector<std::shared_ptr<const Allowlist>> allowlists;  // at most kMostAllowlists
  std::vector<Requirement> required;

  // Whether a match of the rule counts. Sets a bit in `allowlists_by_place` for each allow-list
  // that allows the match at certain places.
  bool admit(std::string_view content, Range match, Range secret,
             uint64_t& allowlists_by_place) const;

  // The most bytes on both sides of a match that admit() reads.
  size_t context_needed() const;

  // The first list in `allowlists_by_place` that allows the place; null when none does.
  const Allowlist* allowed_at_place(uint64_t allowlists_by_place, std::string_view path,
                                    const Oid& commit) const;

 private:
  bool is_near(const Requirement& other, std::string_view content, size_t position) const;
};

}  // namespace pushguard
