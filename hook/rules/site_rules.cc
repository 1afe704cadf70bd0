// SPDX-License-Identifier: Apache-2.0
#include "rules/site_rules.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "rules/site_file.h"
#include "vocabulary/digest.h"
#include "vocabulary/error.h"
#include "vocabulary/mistakes.h"

namespace pushguard {

SiteRules::SiteRules(std::span<const std::filesystem::path> files,
                     std::span<const OwnPrefixes> prefixes, const RuleSet& built_in) {
  Digest digest;
  Mistakes mistakes;
  const auto add = [&](const SiteFile& file, RawRule& rule) {
    if (has_rule(built_in, rule.id)) {
      if (!file.is_gitleaks) {
        throw file.error_at(rule, fmt::format("'{}' is the id of a built-in rule", rule.id));
      }
      const std::string id = "site-" + rule.id;
      warnings_.push_back(
          fmt::format("{}:{}: rule '{}' is called '{}' here: that is the id of a built-in rule",
                      rule.file, rule.line, rule.id, id));
      rule.id = id;
    }
    if (std::ranges::find(raw_, rule.id, &RawRule::id) != raw_.end()) {
      throw file.error_at(rule, fmt::format("there is another rule '{}'", rule.id));
    }
    raw_.push_back(std::move(rule));
  };
  for (const auto& path : files) {
    mistakes.attempt([&] {
      SiteFile file = read_site_file(path);
      for (const RuleText& read : file.texts) digest.add(read.text);
      std::ranges::move(file.warnings, std::back_inserter(warnings_));
      for (RawRule& rule : file.rules) mistakes.attempt([&] { add(file, rule); });
    });
  }
  mistakes.raise();
  if (!files.empty()) digest_ = digest.hex();
  for (const OwnPrefixes& own : prefixes) {
    std::ranges::move(rules_with(own, built_in.rules.all()), std::back_inserter(raw_));
  }
  expect_unique_ids(raw_);
  if (!raw_.empty()) build();
}

void SiteRules::build() {
  std::vector<std::span<const std::string_view>> keywords;
  for (const RawRule& raw : raw_) {
    if (raw.keywords.empty()) unfiltered_.push_back(static_cast<uint16_t>(rules_.size()));
    rules_.push_back(resolve(raw, keywords_));
    keywords.push_back(rules_.back().keywords);
  }
  tables_.emplace_back(keywords);
  set_ = {RuleList(rules_), tables_.front().index(), unfiltered_};
}

bool SiteRules::has_rule(const RuleSet& set, std::string_view id) {
  const auto rules = set.rules.all();
  return std::ranges::find(rules, id, &Rule::id) != rules.end();
}

}  // namespace pushguard
