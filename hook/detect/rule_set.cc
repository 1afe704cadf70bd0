#include "detect/rule_set.h"

#include <fmt/format.h>

#include "detect/digest.h"
#include "error.h"

namespace pushguard {
SiteRules::SiteRules(std::span<const std::filesystem::path> files, const RuleSet& built_in) {
  if (files.empty()) return;
  Digest digest;
  for (const auto& path : files) {
    const TomlFile file(path.native(), read_file(path));
    digest.add(file.text());
    for (RawRule& rule : read_rules(file)) {
      for (const Rule& other : built_in.rules) {
        if (other.id == rule.id) {
          throw FileError(file.name(), file.text(), rule.line, rule.column,
                          fmt::format("'{}' is the id of a built-in rule", rule.id));
        }
      }
      raw_.push_back(std::move(rule));
    }
  }
  expect_unique_ids(raw_);
  digest_ = digest.hex();
  std::vector<std::span<const std::string_view>> keywords;
  for (const RawRule& raw : raw_) {
    rules_.push_back(resolve(raw, keywords_));
    keywords.push_back(rules_.back().keywords);
  }
  tables_.emplace_back(keywords);
  set_ = {rules_, tables_.front().index()};
}

}  // namespace pushguard
