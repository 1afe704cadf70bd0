#include "commands.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iterator>

#include "commands/import.h"
#include "detect/built_in.h"
#include "detect/gitleaks_file.h"
#include "detect/rules_check.h"
#include "detect/site_file.h"
#include "detect/validator.h"
#include "error.h"
#include "policy/config.h"
#include "pre_receive.h"
#include "version.h"

namespace pushguard {
namespace {

std::vector<RawRule> built_in_raw_rules() {
  std::vector<RawRule> rules;
  for (const RuleSource& source : built_in_sources()) {
    const TomlFile file{std::string(source.name), std::string(source.text)};
    for (RawRule& rule : read_rules(file)) rules.push_back(std::move(rule));
  }
  return rules;
}

void warn(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) fmt::print(stderr, "warning: {}\n", warning);
}

int check_config(const std::optional<std::string>& path) {
  const Config config = load_config(path, Environment::of_process());
  const SiteRules site_rules(config.extra_rules, config.prefixes, built_in_rules());
  const RulesCheck check = check_rules(site_rules.raw(), built_in_templates());
  warn(site_rules.warnings());
  for (const std::string& mistake : check.mistakes) fmt::print(stderr, "error: {}\n", mistake);
  if (!check.mistakes.empty()) return 1;
  fmt::print("configuration: {}\nextra rules: {}\nallow entries: {}\naudit log: {}\nok\n",
             config.source, check.rules, config.allow.size(),
             config.audit_directory ? config.audit_directory->native()
                                    : "pushguard/ in each repository");
  return 0;
}

int check_all_rules(const std::vector<std::string>& files) {
  std::vector<RawRule> rules;
  if (files.empty()) {
    rules = built_in_raw_rules();
  } else {
    for (const std::string& path : files) {
      TomlFile file(path, read_file(path));
      if (is_gitleaks(file)) {
        SiteFile site = read_site_file(path);
        warn(site.warnings);
        std::ranges::move(site.rules, std::back_inserter(rules));
      } else {
        std::ranges::move(read_rules(file), std::back_inserter(rules));
      }
    }
    expect_unique_ids(rules);
  }
  const RulesCheck check = check_rules(rules, built_in_templates());
  for (const std::string& mistake : check.mistakes) fmt::print(stderr, "error: {}\n", mistake);
  fmt::print("rules: {}, of which {} are validated offline\nkeywords proved: {}\n"
             "examples found: {}, negatives tried: {}\nmistakes: {}\n",
             check.rules, check.validated_rules, check.proved, check.examples, check.negatives,
             check.mistakes.size());
  return check.mistakes.empty() ? 0 : 1;
}

int list_rules() {
  for (const Rule& rule : built_in_rules().rules) {
    fmt::print("{:<44} {:<10} {}\n", rule.id, to_string(rule.confidence), rule.description);
  }
  return 0;
}

int show_rule(const std::string& id) {
  for (const RawRule& rule : built_in_raw_rules()) {
    if (rule.id != id) continue;
    fmt::print("{}\n{}\n\nprovider:   {}\nconfidence: {}\nprivilege:  {}\nlifetime:   {}\n"
               "revoke:     {}\nproof:      {}\nregex:      {}\nwritten in: {}:{}\n",
               rule.id, rule.description, rule.provider, to_string(rule.confidence),
               to_string(rule.privilege), to_string(rule.lifetime), rule.rotate,
               rule.validator ? rule.validator->summary : "none: by its form only", rule.regex,
               rule.file, rule.line);
    for (const std::string& reference : rule.references) fmt::print("see:        {}\n", reference);
    return 0;
  }
  throw Error(fmt::format("there is no rule '{}'; 'pushguard rules list' names them all", id));
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App app("Pushguard keeps secrets out of a Git server: a pre-receive hook.\n"
               "Copied to a repository's hooks/pre-receive it needs no configuration.",
               "pushguard");
  app.set_version_flag("--version", std::string(kVersion));
  app.require_subcommand(1);
  std::optional<std::string> config;
  std::vector<std::string> files;
  std::string id;
  int result = 0;

  CLI::App* hook = app.add_subcommand("pre-receive", "judge one push, as git calls a hook");
  hook->add_option("--config", config, "the configuration file");
  hook->callback([&] { result = run_pre_receive(config, Environment::of_process()); });

  CLI::App* configuration = app.add_subcommand("config", "the server's configuration");
  configuration->require_subcommand(1);
  CLI::App* check = configuration->add_subcommand("check", "say what is wrong with it, if anything");
  check->add_option("--config", config, "the configuration file");
  check->callback([&] { result = check_config(config); });

  CLI::App* rules = app.add_subcommand("rules", "what is recognised");
  rules->require_subcommand(1);
  CLI::App* rules_check = rules->add_subcommand("check", "prove keywords, run every example");
  rules_check->add_option("FILE", files, "rule files; the built-in ones when none is named");
  rules_check->callback([&] { result = check_all_rules(files); });
  std::string file, output;
  CLI::App* import =
      rules->add_subcommand("import", "say what a gitleaks configuration means here");
  import->add_option("FILE", file, "TOML with [[rules]]")->required();
  import->add_option("--output", output,
                     "write its rules in Pushguard's format; - for standard output");
  import->callback([&] { result = import_rules(file, output); });
  rules->add_subcommand("list", "every built-in rule")->callback([&] { result = list_rules(); });
  CLI::App* show = rules->add_subcommand("show", "all about one rule");
  show->add_option("ID", id, "the rule's id")->required();
  show->callback([&] { result = show_rule(id); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 2;
  }
  return result;
}

}  // namespace pushguard
