// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <memory>
#include <set>

#include "commands/cli.h"
#include "commands/groups.h"
#include "commands/import.h"
#include "examples/rules_check.h"
#include "report/rule_page.h"
#include "rules/built_in.h"
#include "rules/gitleaks_file.h"
#include "rules/site_file.h"
#include "validators/validator.h"
#include "vocabulary/error.h"
#include "vocabulary/nearest.h"

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

int check_all_rules(const std::vector<std::string>& files) {
  std::vector<RawRule> rules;
  if (files.empty()) {
    rules = built_in_raw_rules();
  } else {
    for (const std::string& path : files) {
      const TomlFile file(path, read_file(path));
      if (is_gitleaks(file)) {
        SiteFile site = read_site_file(path);
        print_warnings(site.warnings);
        std::ranges::move(site.rules, std::back_inserter(rules));
      } else {
        std::ranges::move(read_rules(file), std::back_inserter(rules));
      }
    }
    expect_unique_ids(rules);
  }
  const RulesCheck check = check_rules(rules, built_in_templates());
  for (const std::string& mistake : check.mistakes) fmt::print(stderr, "error: {}\n", mistake);
  std::set<const Validator*> validators;
  for (const RawRule& rule : rules) {
    if (rule.validator) validators.insert(rule.validator);
  }
  fmt::print(
      "rules:             {}\nvalidated offline: {}, by {} validators\n"
      "keywords proved:   {}\nby their names:    {}\nexamples tried:    {}\nnegatives tried:   {}\n"
      "mistakes:          {}\n",
      check.rules, check.validated_rules, validators.size(), check.proved, check.named,
      check.examples, check.negatives, check.mistakes.size());
  return check.mistakes.empty() ? 0 : 1;
}

int print(const std::string& text) {
  fmt::print("{}", text);
  return 0;
}

int show_rule(const std::string& id) {
  const std::vector<RawRule> rules = built_in_raw_rules();
  std::vector<std::string_view> ids;
  for (const RawRule& rule : rules) {
    if (rule.id == id) return print(render_rule(rule));
    ids.push_back(rule.id);
  }
  const std::string_view meant = nearest(id, ids);
  throw Error(fmt::format("there is no rule '{}'{}; 'pushguard rules list' names them all", id,
                          meant.empty() ? "" : fmt::format("; did you mean '{}'?", meant)));
}

}  // namespace

void add_rules_commands(CLI::App& app, int& result) {
  const auto files = std::make_shared<std::vector<std::string>>();
  const auto id = std::make_shared<std::string>();
  CLI::App* rules = app.add_subcommand("rules", "what is recognised");
  rules->require_subcommand(1);
  CLI::App* check = rules->add_subcommand("check", "prove keywords, run every example");
  check->add_option("FILE", *files, "rule files; the built-in ones when none is named");
  check->callback([files, &result] { result = check_all_rules(*files); });
  const auto file = std::make_shared<std::string>(), output = std::make_shared<std::string>();
  CLI::App* import =
      rules->add_subcommand("import", "say what a gitleaks configuration means here");
  import->add_option("FILE", *file, "TOML with [[rules]]")->required();
  import
      ->add_option("--output", *output,
                   "write its rules in Pushguard's format; - for standard output")
      ->type_name("FILE");
  import->callback([file, output, &result] { result = import_rules(*file, *output); });
  rules->add_subcommand("list", "every built-in rule")->callback([&result] {
    result = print(render_rule_list(built_in_raw_rules()));
  });
  rules->add_subcommand("pages", "the reference of all built-in rules, in Markdown")
      ->callback([&result] { result = print(render_reference(built_in_raw_rules())); });
  CLI::App* show = rules->add_subcommand("show", "all about one rule");
  show->add_option("ID", *id, "the rule's id")->required();
  show->callback([id, &result] { result = show_rule(*id); });
}

}  // namespace pushguard
