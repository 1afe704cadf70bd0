// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "commands/cli.h"
#include "commands/groups.h"
#include "commands/import.h"
#include "examples/rules_check.h"
#include "policy/config.h"
#include "rules/built_in.h"
#include "rules/site_rules.h"

namespace pushguard {
namespace {

int check_config(const std::optional<std::string>& path) {
  const Config config = load_config(path, Environment::of_process());
  const SiteRules site_rules(config.extra_rules, config.prefixes, built_in_rules());
  const RulesCheck check = check_rules(site_rules.raw(), built_in_templates());
  print_warnings(site_rules.warnings());
  for (const std::string& mistake : check.mistakes) fmt::print(stderr, "error: {}\n", mistake);
  if (!check.mistakes.empty()) return 1;
  fmt::print(
      "configuration: {}\nextra rules: {}\nallow entries: {}\naudit log: {}\nok\n", config.source,
      check.rules, config.allow.size(),
      config.audit_directory ? config.audit_directory->native() : "pushguard/ in each repository");
  return 0;
}

}  // namespace

void add_config_commands(CLI::App& app, int& result) {
  const auto path = std::make_shared<std::optional<std::string>>();
  CLI::App* configuration = app.add_subcommand("config", "the server's configuration");
  configuration->require_subcommand(1);
  CLI::App* check =
      configuration->add_subcommand("check", "say what is wrong with it, if anything");
  check->add_option("--config", *path, "the configuration file");
  check->callback([path, &result] { result = check_config(*path); });
}

}  // namespace pushguard
