// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <thread>
#include <utility>

#include "audit/known_releases.h"
#include "commands/access_check.h"
#include "commands/cli.h"
#include "commands/groups.h"
#include "commands/push_options.h"
#include "commands/run_as.h"
#include "examples/rules_check.h"
#include "policy/config.h"
#include "policy/config_advice.h"
#include "policy/new_rules.h"
#include "rules/built_in.h"
#include "rules/site_rules.h"
#include "vocabulary/mistakes.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
  std::optional<std::string> config, user, repository;
};

std::string counted(size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::vector<std::string_view> rule_ids(const SiteRules& site_rules) {
  std::vector<std::string_view> ids;
  for (const Rule& rule : built_in_rules().rules.all()) ids.push_back(rule.id);
  for (const RawRule& rule : site_rules.raw()) ids.push_back(rule.id);
  return ids;
}

std::string accepted_failures(const Config& config) {
  std::vector<std::string_view> names;
  for (const Why why : kAllWhys) {
    if (!config.refuse_unscanned[static_cast<size_t>(why)]) names.push_back(to_string(why));
  }
  if (!config.refuse_unlogged) names.push_back("log");
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

// The ids in lines, which are indented.
std::string listed(const std::vector<std::string_view>& ids) {
  constexpr size_t kColumns = 96;
  std::string text, line;
  for (const std::string_view id : ids) {
    if (line.size() + 1 + id.size() > kColumns) text += "  " + std::exchange(line, "") + '\n';
    line += (line.empty() ? "" : " ") + std::string(id);
  }
  return line.empty() ? text : text + "  " + line + '\n';
}

// Which rules warn because they are new, and until when; `audit` is where that is kept.
std::string new_rules(const Config& config, const std::optional<fs::path>& audit) {
  const auto days = config.new_rules;
  if (days.count() == 0) return "new rules: block at once\n";
  const std::string usual = fmt::format("new rules: warn for {} days\n", days.count());
  if (!audit) return usual;
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const NewRules now{KnownReleases(*audit).read(), today, days, {}};
  std::string text;
  for (const Release& release : built_in_releases()) {
    const auto until = now.warn_until(release);
    if (!until) continue;
    std::vector<std::string_view> ids;
    for (const Rule& rule : built_in_rules().rules.all()) {
      if (rule.since == release) ids.push_back(rule.id);
    }
    text += fmt::format("new rules: {} of {} warn until {}\n{}", ids.size(), to_string(release),
                        to_string(*until), listed(ids));
  }
  return text.empty() ? usual : text;
}

void print_summary(const Config& config, const SiteRules& site_rules,
                   const std::string& new_rules) {
  // Rules made from [prefixes] are counted as prefixes, not as rules.
  const auto own = std::ranges::count(site_rules.raw(), "[prefixes]", &RawRule::file);
  size_t prefixes = 0;
  for (const OwnPrefixes& entry : config.prefixes) prefixes += entry.prefixes.size();
  fmt::print(
      "configuration: {}\nextra rules: {}\nprefixes: {}\nallow entries: {}\n"
      "template entries: {}\ntemplate files: {}\nfailures that accept: {}\nbypass: {}\n"
      "{}contact: {}\naudit log: {}\n",
      config.source, site_rules.raw().size() - static_cast<size_t>(own), prefixes,
      config.allow.size(), config.templates.size(), config.template_files.size(),
      accepted_failures(config), config.bypass ? "on" : "off", new_rules,
      config.message.contact.empty() ? "none" : config.message.contact,
      config.audit.directory ? config.audit.directory->native() : "pushguard/ in each repository");
}

class Check {
 public:
  explicit Check(const CheckOptions& options) : options_(options) {}

  int run() {
    const User user = options_.user ? find_user(*options_.user) : calling_user();
    std::optional<fs::path> repository;
    if (options_.repository) repository = git_directory(fs::absolute(*options_.repository));
    // Read before become(), so that every mistake is reported even if the user cannot read it.
    attempt([&] { config_ = load_config(options_.config, Environment::of_process()); });
    become(user);
    if (config_) check(*config_, user, repository);
    return tell();
  }

 private:
  template <typename Read>
  void attempt(Read&& read) {
    try {
      read();
    } catch (const FileErrors& errors) {
      std::ranges::copy(errors.all(), std::back_inserter(mistakes_));
    } catch (const FileError& error) {
      mistakes_.emplace_back(error.what());
    }
  }

  void check(const Config& config, const User& user, const std::optional<fs::path>& repository) {
    AccessReport access;
    if (!config.text.empty()) {
      const fs::path file = fs::absolute(config.source);
      check_readable(file, "configuration", user, access);
      check_writers(file, "configuration", user, access);
    }
    for (const fs::path& file : config.extra_rules) check_writers(file, "rule file", user, access);
    std::optional<fs::path> audit = config.audit.directory;
    if (!audit && repository) audit = *repository / "pushguard";
    if (audit) check_audit(*audit, user, access);
    try {
      new_rules_ = new_rules(config, audit);
    } catch (const Error& error) {
      mistakes_.emplace_back(error.what());
    }
    std::ranges::move(access.mistakes, std::back_inserter(mistakes_));
    std::ranges::move(access.warnings, std::back_inserter(warnings_));

    attempt([&] {
      site_rules_.emplace(config.extra_rules, config.prefixes, built_in_rules());
      const RulesCheck check = check_rules(site_rules_->raw(), built_in_templates());
      std::ranges::copy(check.mistakes, std::back_inserter(mistakes_));
      std::ranges::copy(site_rules_->warnings(), std::back_inserter(warnings_));
    });
    if (config.text.empty()) return;
    if (site_rules_) {
      const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
      std::ranges::move(
          config_advice(config, rule_ids(*site_rules_), today, std::thread::hardware_concurrency()),
          std::back_inserter(warnings_));
    }
    if (!config.bypass) return;
    const PushOptions offered = offers_push_options(repository, user.home);
    if (!offered.are_offered) {
      warnings_.push_back(advice_at(config, "bypass", "enabled",
                                    fmt::format("no push can ask for a bypass: {}", offered.where),
                                    "git config --system receive.advertisePushOptions true"));
    }
  }

  int tell() const {
    for (const std::string& warning : warnings_) fmt::print(stderr, "warning: {}\n", warning);
    for (const std::string& mistake : mistakes_) fmt::print(stderr, "error: {}\n", mistake);
    if (config_ && site_rules_) print_summary(*config_, *site_rules_, new_rules_);
    const std::string warnings =
        warnings_.empty() ? "" : fmt::format(", {}", counted(warnings_.size(), "warning"));
    if (mistakes_.empty()) {
      fmt::print("ok{}\n", warnings);
    } else {
      fmt::print("{}{}\n", counted(mistakes_.size(), "mistake"), warnings);
      if (!config_) fmt::print("not checked yet: rule files, audit directory, who may read what\n");
    }
    return mistakes_.empty() ? 0 : 1;
  }

  const CheckOptions& options_;
  std::optional<Config> config_;
  std::optional<SiteRules> site_rules_;
  std::string new_rules_;
  std::vector<std::string> mistakes_, warnings_;
};

}  // namespace

void add_config_commands(CLI::App& app, int& result) {
  const auto options = std::make_shared<CheckOptions>();
  CLI::App* configuration = app.add_subcommand("config", "the server's configuration");
  configuration->require_subcommand(1);
  CLI::App* check =
      configuration->add_subcommand("check", "say what is wrong with it, if anything");
  check->add_option("--config", options->config, "the configuration file")->type_name("FILE");
  check->add_option("--user", options->user, "check as the user that git runs as; needs root")
      ->type_name("NAME");
  check
      ->add_option("--repository", options->repository,
                   "look at its audit directory and git configuration, too")
      ->type_name("DIRECTORY");
  check->callback([options, &result] { result = Check(*options).run(); });
}

}  // namespace pushguard
