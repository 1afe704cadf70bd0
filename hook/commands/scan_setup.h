// SPDX-License-Identifier: Apache-2.0
// What all scans have in common: the configuration, the rules and the key that the hook would use.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "keywords/index.h"
#include "policy/config.h"
#include "rules/file_names.h"
#include "rules/rule_set.h"
#include "rules/site_rules.h"

namespace pushguard {

struct ScanOptions {
  std::vector<std::string> paths;
  std::optional<std::string> repository;
  std::optional<std::string> all;  // the directory below which all repositories are scanned
  std::optional<std::string> state;
  std::optional<unsigned> jobs;
  bool other_file_systems = false;
  std::optional<std::string> config, key, only;
  std::string format = "table";
  std::optional<unsigned> threads;
};

class ScanSetup {
 public:
  // Prints the warnings about the file of --only. Throws Error.
  explicit ScanSetup(const ScanOptions& options);

  // The key of fingerprints, or why there is none: that of --key, or of the configured audit
  // directory, or else of `own_directory`, if it has one. Also prints which allow entries match
  // nothing without it.
  std::pair<std::optional<SiteKey>, std::string> find_key(
      const std::optional<std::filesystem::path>& own_directory = {}) const;

  const Config config;
  const SiteRules site_rules;
  const std::chrono::system_clock::time_point time = std::chrono::system_clock::now();
  std::vector<const RuleSet*> sets;
  // Asked of files whose names `file_names` contains.
  const RuleSet& file_rules() const;
  const FileNameRules& file_names() const;
  // Those of --only.
  std::span<const Rule> counted() const;

 private:
  const std::optional<std::string> key_file_;
  const bool only_;
  const KeywordTables no_keywords_;
  const RuleSet no_rules_;
  const FileNameRules no_names_;
};

}  // namespace pushguard
