#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "commands/groups.h"
#include "detect/built_in.h"
#include "detect/rules_check.h"
#include "detect/validator.h"
#include "error.h"

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
      for (RawRule& rule : read_rules(TomlFile(path, read_file(path)))) {
        rules.push_back(std::move(rule));
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

void add_rules_commands(CLI::App& app, int& result) {
  const auto files = std::make_shared<std::vector<std::string>>();
  const auto id = std::make_shared<std::string>();
  CLI::App* rules = app.add_subcommand("rules", "what is recognised");
  rules->require_subcommand(1);
  CLI::App* check = rules->add_subcommand("check", "prove keywords, run every example");
  check->add_option("FILE", *files, "rule files; the built-in ones when none is named");
  check->callback([files, &result] { result = check_all_rules(*files); });
  rules->add_subcommand("list", "every built-in rule")->callback([&result] { result = list_rules(); });
  CLI::App* show = rules->add_subcommand("show", "all about one rule");
  show->add_option("ID", *id, "the rule's id")->required();
  show->callback([id, &result] { result = show_rule(*id); });
}

}  // namespace pushguard
