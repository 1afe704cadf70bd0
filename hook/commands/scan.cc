// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <thread>

#include "audit/site_key.h"
#include "commands/cli.h"
#include "commands/groups.h"
#include "keywords/index.h"
#include "rules/built_in.h"
#include "rules/site_rules.h"
#include "scan/file_report.h"
#include "scan/progress.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

struct ScanOptions {
  std::vector<std::string> paths;
  std::optional<std::string> config, key, only;
  std::string format = "table";
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
};

// The key of fingerprints, or why there is none.
std::pair<std::optional<SiteKey>, std::string> find_key(const ScanOptions& options,
                                                        const Config& config) {
  if (options.key) return {read_site_key(*options.key), ""};
  if (!config.audit.directory) {
    return {std::nullopt, "no site key is configured; name one with --key"};
  }
  try {
    return {read_site_key(*config.audit.directory / "key"), ""};
  } catch (const Error& error) {
    return {std::nullopt, fmt::format("the site key: {}", error.what())};
  }
}

int scan(const ScanOptions& options) {
  using std::chrono::system_clock;
  Config config = load_config(options.config, Environment::of_process());
  if (options.only) {
    config.extra_rules = {*options.only};
    config.prefixes.clear();
  }
  const SiteRules site_rules(config.extra_rules, config.prefixes, built_in_rules());
  for (const std::string& warning : site_rules.warnings()) {
    if (options.only) fmt::print(stderr, "warning: {}\n", warning);
  }
  const auto [key, no_key] = find_key(options, config);
  const auto now = system_clock::now();
  const KeywordTables no_keywords({});
  const RuleSet no_rules{{}, no_keywords.index()};
  const FileNameRules no_names{no_keywords.index(), {}};
  ScanSettings settings{{},
                        options.only ? no_rules : built_in_file_rules(),
                        options.only ? no_names : built_in_file_names(),
                        built_in_templates(),
                        system_clock::to_time_t(now),
                        config.limits,
                        options.threads};
  if (!options.only) settings.rules.push_back(&built_in_rules());
  if (!site_rules.set().rules.empty()) settings.rules.push_back(&site_rules.set());

  const FileList list = list_files(options.paths);
  ScanState state;
  FileScan found;
  {
    Progress progress(list, state);
    found = scan_files(list, settings, state, [&] { progress.draw(); });
  }
  const JudgedFiles rulings =
      judge_files(list, found, key, config, std::chrono::floor<std::chrono::days>(now));
  const std::span<const Rule> counted =
      options.only ? site_rules.set().rules.all() : std::span<const Rule>();
  const FileReport report{list, found, rulings, no_key, counted};
  const bool by_fingerprint = std::ranges::any_of(
      config.allow, [](const Allow& allow) { return allow.fingerprint.has_value(); });
  if (!key && by_fingerprint) {
    fmt::print(stderr, "note: allow entries by fingerprint match nothing here: {}\n", no_key);
  }
  fmt::print(stderr, "{}", render_unscanned(report));
  fmt::print("{}", options.format == "jsonl" ? render_jsonl(report) : render_table(report));
  return rulings.exit_code();
}

}  // namespace

void add_scan_command(CLI::App& app, int& result) {
  const auto options = std::make_shared<ScanOptions>();
  if (Environment::of_process().get("PUSHGUARD_FORMAT") == "json") options->format = "jsonl";
  CLI::App* command =
      app.add_subcommand("scan", "look for secrets in files as the hook does in pushes");
  command->add_option("PATH", options->paths, "files, directories, or - for standard input")
      ->required();
  command->add_option("--format", options->format, "how to print what is found; else table")
      ->type_name("table|jsonl")
      ->check(CLI::IsMember({"table", "jsonl"}).description(""));
  command->add_option("--config", options->config, "the configuration file, as for the hook")
      ->type_name("FILE");
  command
      ->add_option("--key", options->key,
                   "the key of fingerprints; else that of the configured audit directory")
      ->type_name("FILE");
  command
      ->add_option("--only", options->only,
                   "only the rules of this file, and what each of them would report")
      ->type_name("FILE");
  command
      ->add_option("--threads", options->threads,
                   "how many files at once, at most 1024; else as many as there are processors")
      ->type_name("NUMBER")
      ->check(CLI::Range(1u, 1024u).description(""));
  command->callback([options, &result] { result = scan(*options); });
}

}  // namespace pushguard
