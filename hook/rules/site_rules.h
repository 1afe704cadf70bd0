// SPDX-License-Identifier: Apache-2.0
// The rules of a site's own files and of its prefixes, ready to run.
//
// The files are in Pushguard's format or in gitleaks' (site_file.h). They are
// read once, at start. The class is apart from RuleSet, so that code that runs rules does not
// depend on how a site writes them.
#pragma once

#include <deque>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/own_prefixes.h"
#include "rules/rule.h"
#include "rules/rule_file.h"
#include "rules/rule_set.h"

namespace pushguard {

class SiteRules {
 public:
  // Throws FileErrors for all mistakes in the files, such as an id of `built_in` in a file in
  // our format, and for files that cannot be read.
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
