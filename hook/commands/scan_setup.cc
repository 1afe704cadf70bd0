// SPDX-License-Identifier: Apache-2.0
#include "commands/scan_setup.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "audit/site_key.h"
#include "rules/built_in.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

Config config_of(const ScanOptions& options) {
  Config config = load_config(options.config, Environment::of_process());
  if (options.only) {
    config.extra_rules = {*options.only};
    config.prefixes.clear();
  }
  return config;
}

}  // namespace

ScanSetup::ScanSetup(const ScanOptions& options)
    : config(config_of(options)),
      site_rules(config.extra_rules, config.prefixes, built_in_rules()),
      key_file_(options.key),
      only_(options.only.has_value()),
      no_keywords_({}),
      no_rules_{{}, no_keywords_.index()},
      no_names_{no_keywords_.index(), {}} {
  if (!only_) sets.push_back(&built_in_rules());
  if (!site_rules.set().rules.empty()) sets.push_back(&site_rules.set());
  for (const std::string& warning : site_rules.warnings()) {
    if (only_) fmt::print(stderr, "warning: {}\n", warning);
  }
}

std::pair<std::optional<SiteKey>, std::string> ScanSetup::find_key(
    const std::optional<std::filesystem::path>& own_directory) const {
  if (key_file_) return {read_site_key(*key_file_), ""};
  std::error_code failure;
  std::optional<std::filesystem::path> directory = config.audit.directory;
  if (!directory && own_directory && std::filesystem::exists(*own_directory / "key", failure)) {
    directory = own_directory;
  }
  std::string why = "no site key is configured; name one with --key";
  try {
    if (directory) return {read_site_key(*directory / "key"), ""};
  } catch (const Error& error) {
    why = fmt::format("the site key: {}", error.what());
  }
  const bool by_fingerprint = std::ranges::any_of(
      config.allow, [](const Allow& allow) { return allow.fingerprint.has_value(); });
  if (by_fingerprint) {
    fmt::print(stderr, "note: allow entries by fingerprint match nothing here: {}\n", why);
  }
  return {std::nullopt, why};
}

const RuleSet& ScanSetup::file_rules() const { return only_ ? no_rules_ : built_in_file_rules(); }

const FileNameRules& ScanSetup::file_names() const {
  return only_ ? no_names_ : built_in_file_names();
}

std::span<const Rule> ScanSetup::counted() const {
  return only_ ? site_rules.set().rules.all() : std::span<const Rule>();
}

}  // namespace pushguard
