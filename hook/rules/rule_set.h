// SPDX-License-Identifier: Apache-2.0
// Rules ready to run: the rules and their keyword index.
//
// Two ways to have one: built_in_rules() (built_in.h) is static data compiled
// from rules/*.toml; SiteRules holds what a site's own files say, read at start.
#pragma once

#include <deque>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "keywords/index.h"
#include "rules/own_prefixes.h"
#include "rules/rule.h"
#include "rules/rule_file.h"
#include "rules/rule_list.h"

namespace pushguard {

struct RuleSet {
  RuleList rules;
  KeywordIndex keywords;                      // a rule's number is its place in `rules`
  std::span<const uint16_t> unfiltered = {};  // rules without keywords: run on every object
};

class SiteRules {
 public:
  // Throws FileErrors for mistakes in files (an id of `built_in` in one of our
  // format is one) and for files that cannot be read.
  SiteRules(std::span<const std::filesystem::path> files, std::span<const OwnPrefixes> prefixes,
            const RuleSet& built_in);
  SiteRules(const SiteRules&) = delete;
  SiteRules& operator=(const SiteRules&) = delete;

  const RuleSet& set() const { return set_; }
  const std::vector<RawRule>& raw() const { return raw_; }
  const std::vector<std::string>& warnings() const { return warnings_; }
  // SHA-256 of the files in their order, hex; "" without any.
  const std::string& digest() const { return digest_; }

 private:
  static bool has_rule(const RuleSet& set, std::string_view id);
  void build();

  std::vector<RawRule> raw_;
  std::vector<std::string> warnings_;
  std::deque<std::vector<std::string_view>> keywords_;
  std::vector<Rule> rules_;
  std::vector<uint16_t> unfiltered_;
  std::vector<KeywordTables> tables_;  // none or one
  RuleSet set_;
  std::string digest_;
};

}  // namespace pushguard
