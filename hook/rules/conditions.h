// SPDX-License-Identifier: Apache-2.0
// What an imported rule asks of a match beyond its regex and its entropy:
// allow-lists, other rules near by, and the path of the file.
//
// Rule::conditions points to one, or is null, as in every built-in rule.
// Rejected: fields of Rule, which is static data.
#pragma once

#include <cstdint>
#include <optional>

#include "rules/allowlist.h"

namespace pushguard {

class Conditions;

// Another rule that must match near by for a match to count.
struct Requirement {
  SharedRegex regex;
  uint8_t secret_group = 0;
  float min_entropy = 0;
  std::shared_ptr<const Conditions> conditions;  // the other rule's own; may be null
  // At most so many lines and columns apart, counted from where both start.
  // Without `lines`, anywhere within kNearby bytes.
  std::optional<size_t> lines, columns;
};

class Conditions {
 public:
  static constexpr size_t kMostAllowlists = 64;

  SharedRegex in_files;  // the path of a file that the rule is about; null: all are
  std::vector<std::shared_ptr<const Allowlist>> allowlists;  // at most kMostAllowlists
  std::vector<Requirement> required;

  // Whether a match of the rule counts. `allowlists_by_place` becomes a bit for each
  // allow-list that lets it stand if its place is right.
  bool admit(std::string_view content, Range match, Range secret,
             uint64_t& allowlists_by_place) const;

  // Bytes on both sides of a match that admit() looks at, at most.
  size_t context_needed() const;

  // The first of the lists in `allowlists_by_place` that allows the place; null when none does.
  const Allowlist* allowed_at_place(uint64_t allowlists_by_place, std::string_view path,
                                    const Oid& commit) const;

 private:
  bool is_near(const Requirement& other, std::string_view content, size_t position) const;
};

}  // namespace pushguard
