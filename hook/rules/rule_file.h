// SPDX-License-Identifier: Apache-2.0
// Rule files as written: TOML, one file for each provider.
//
// RawRule owns its text and has what only people and checks need (examples);
// Rule (rule.h) is the resolved form that the scanner runs. Rejected: one type
// for both, which would carry every example into every push.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "regex/facts.h"
#include "rules/conditions.h"
#include "rules/named_keys.h"
#include "rules/rule.h"
#include "vocabulary/toml_file.h"

namespace pushguard {

struct RawRule {
  std::string id, provider, description, regex, rotate, companion, weaknesses;
  std::vector<std::string> keywords, paths;
  RegexFacts facts;
  uint8_t secret_group = 0;
  float min_entropy = 0;
  const Validator* validator = nullptr;
  Confidence confidence = Confidence::likely;
  Privilege privilege = Privilege::unknown;
  Lifetime lifetime = Lifetime::unknown;
  std::vector<std::string> references, examples, negatives;
  // Of the vendor, for a rule of named_keys.h; the second are words of English.
  std::vector<std::string> names, words;
  std::shared_ptr<const Conditions> conditions;  // of an imported rule, or null
  bool companion_only = false;
  Release since;       // Rule::since
  bool site = false;   // read by read_site_file(): lints that cost only speed are warnings
  bool whole = false;  // searched in the whole of each object that has a keyword, if it has any
  std::string file;
  size_t line = 0, column = 0;  // of its [[rule]] table
};

// Throws FileErrors, with one mistake for each rule: an unknown or missing key, a regex that
// RE2 refuses, a group that the regex lacks, a keyword of under 3 bytes, an unknown validator,
// no example. A table [[key]] is a vendor of named_keys.h, and becomes a rule as well.
std::vector<RawRule> read_rules(const TomlFile& file);

// The names of all `rules`, sorted.
std::vector<NamedKey> named_keys_of(std::span<const RawRule> rules);

// Whether it is a rule of named_keys.h.
bool is_by_name(const RawRule& rule);

// Rule::reach: 0 as well for a rule whose validator finds where its matches end.
uint32_t reach_of(const RawRule& rule);

// Throws Error when two rules have one id.
void expect_unique_ids(std::span<const RawRule> rules);

// The resolved form of `raw`. It consists of views of `raw` and `lists`, which must outlive it;
// `lists` is a deque because that keeps the addresses of its elements as it grows.
Rule resolve(const RawRule& raw, std::deque<std::vector<std::string_view>>& lists);

}  // namespace pushguard
