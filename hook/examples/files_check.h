// SPDX-License-Identifier: Apache-2.0
// Checks that rules about certain files find their examples there when all rules run.
//
// The part of `rules check` that sees the rules together: a rule that finds its
// examples when it runs alone may lose its place to a rule about other files.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/scanner.h"
#include "examples/rule_example.h"
#include "rules/file_names.h"

namespace pushguard {

class FilesCheck {
 public:
  // `templates` must outlive it. `now` is Unix time in seconds. Throws Error for
  // rules that cannot run together.
  FilesCheck(std::span<const RawRule> rules, const Templates& templates, int64_t now);
  FilesCheck(const FilesCheck&) = delete;
  FilesCheck& operator=(const FilesCheck&) = delete;

  // For each example of `rule` and each of its globs: what is wrong, if anything.
  std::vector<std::string> mistakes_of(const RawRule& rule);

 private:
  // All rules, with a keyword index that leads to some of them.
  struct Indexed {
    Indexed(std::span<const Rule> rules, bool in_files, const Templates& templates, int64_t now);

    KeywordTables keywords;
    std::vector<uint16_t> unfiltered;
    RuleSet set;
    Scanner scanner;
  };

  bool is_found(const RawRule& rule, const RuleExample& example, std::string_view path);

  std::deque<std::vector<std::string_view>> lists_;
  std::vector<Rule> rules_;
  std::optional<Indexed> everywhere_, in_files_;
};

}  // namespace pushguard
