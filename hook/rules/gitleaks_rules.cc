// SPDX-License-Identifier: Apache-2.0
#include "rules/gitleaks_rules.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <re2/re2.h>

#include "regex/go_regex.h"
#include "regex/regex.h"
#include "vocabulary/ascii.h"
#include "vocabulary/mistakes.h"

namespace pushguard {
namespace {

constexpr size_t kLongestDescription = 60;

class Importer {
 public:
  Importer(const GitleaksFile& file, std::vector<std::string>& warnings)
      : file_(file), warnings_(warnings) {}

  std::vector<RawRule> run() {
    Mistakes mistakes;
    for (const GitleaksAllowlist& list : file_.allowlists()) {
      mistakes.attempt([&] { add_global(list); });
    }
    mistakes.raise();  // rules need them all
    std::vector<RawRule> rules;
    for (const GitleaksRule& rule : file_.rules()) {
      mistakes.attempt([&] {
        if (!is_usable(rule)) return;
        RawRule made = import(rule);
        if (!rule.skip_report) rules.push_back(std::move(made));
      });
    }
    mistakes.raise();  // what a rule requires may be missing
    for (const GitleaksRule& rule : file_.rules()) {
      mistakes.attempt([&] {
        if (rule.regex && !rule.skip_report) add_requirements(rule);
      });
    }
    mistakes.raise();
    if (rules.empty()) fail_empty();
    return rules;
  }

 private:
  void add_global(const GitleaksAllowlist& list) {
    check_targets(list);
    global_.push_back(compile(list));
    if (!file_.uses_default()) return;
    warnings_.push_back(at(*list.file, *list.table,
                           "the allow-list is for the rules of this file; for built-in ones "
                           "there is [[allow]] in the configuration"));
  }

  // Null when there is no such rule.
  const GitleaksRule* find(const std::string& id) const {
    const auto found = std::ranges::find(file_.rules(), id, &GitleaksRule::id);
    return found == file_.rules().end() ? nullptr : &*found;
  }

  [[noreturn]] void fail_empty() const {
    const TomlFile& file = file_.files().front();
    throw FileError(file.name(), file.text(), 1, 1, "the file leaves no rule to run",
                    file_.uses_default()
                        ? "Pushguard's rules need no file; exceptions are [[allow]] entries"
                        : "it needs a [[rules]] with 'id' and 'regex'");
  }

  void warn(const GitleaksRule& rule, const TomlFile& file, const toml::node& node,
            std::string_view message) {
    warnings_.push_back(at(file, node, fmt::format("rule '{}': {}", rule.id, message)));
  }

  bool is_usable(const GitleaksRule& rule) {
    if (rule.regex) return true;
    if (rule.path) {
      warn(rule, *rule.path->file, *rule.path->node,
           "it has no 'regex', and a file is not refused for its name: left out");
    } else if (file_.uses_default()) {
      warn(rule, *rule.file, *rule.table,
           "it only changes one of gitleaks' own rules, which is not here: left out");
    } else {
      throw rule.file->error_at(*rule.table,
                                fmt::format("rule '{}' has neither 'regex' nor 'path'", rule.id));
    }
    return false;
  }

  // Compiles the regex for RE2; warns about differences from Go.
  SharedRegex compile(const GitleaksText& from, std::string_view what) {
    const GoRegex translated = from_go(from.text);
    auto compiled = std::make_shared<const RE2>(translated.regex, regex_options());
    if (!compiled->ok()) {
      throw from.file->error_at(*from.node,
                                fmt::format("RE2 refuses the regex: {}", compiled->error()));
    }
    if (translated.has_wide_class) {
      warnings_.push_back(
          at(*from.file, *from.node,
             fmt::format("{}: a class with characters beyond ASCII is one of their bytes", what)));
    }
    return compiled;
  }

  std::shared_ptr<const Allowlist> compile(const GitleaksAllowlist& list) {
    auto result = std::make_shared<Allowlist>();
    result->all = list.all;
    result->target = list.target == "line"    ? Allowlist::Target::line
                     : list.target == "match" ? Allowlist::Target::match
                                              : Allowlist::Target::secret;
    for (const GitleaksText& regex : list.regexes) {
      result->regexes.push_back(compile(regex, "allow-list"));
    }
    for (const GitleaksText& path : list.paths) {
      result->paths.push_back(compile(path, "allow-list"));
    }
    for (const GitleaksText& word : list.stopwords) {
      if (word.text.empty()) {
        throw word.file->error_at(*word.node, "an empty stopword allows everything");
      }
      result->stopwords.push_back(to_lower(word.text));
    }
    for (const GitleaksText& commit : list.commits) {
      const auto id = Oid::from_hex(commit.text);
      if (!id) throw commit.file->error_at(*commit.node, "not the full id of a commit");
      result->commits.push_back(*id);
    }
    result->name =
        at(*list.file, *list.table, list.description.empty() ? "allow-list" : list.description);
    return result;
  }

  void check_targets(const GitleaksAllowlist& list) {
    for (const GitleaksText& id : list.target_rules) {
      if (find(id.text)) continue;
      const std::string message = fmt::format("there is no rule '{}' for the allow-list", id.text);
      if (!file_.uses_default()) throw id.file->error_at(*id.node, message);
      warnings_.push_back(at(*id.file, *id.node, message));
    }
  }

  RawRule import(const GitleaksRule& from) {
    RawRule rule;
    rule.id = from.id;
    rule.provider = "site rule";
    rule.description = description(from);
    rule.rotate = "where it was issued";
    rule.weaknesses = "CWE-798 NHI2:2025";
    rule.site = true;
    rule.file = from.file->name();
    rule.line = from.table->source().begin.line;
    rule.column = from.table->source().begin.column;
    const SharedRegex compiled = compile(*from.regex, fmt::format("rule '{}'", from.id));
    regexes_[from.id] = compiled;
    rule.regex = compiled->pattern();
    rule.secret_group = secret_group(from, compiled->NumberOfCapturingGroups());
    rule.min_entropy = static_cast<float>(from.entropy.value_or(0));
    for (const GitleaksText& keyword : from.keywords) {
      if (keyword.text.size() >= 3) {
        rule.keywords.push_back(keyword.text);
      } else {
        warn(from, *keyword.file, *keyword.node,
             fmt::format("keyword '{}' is shorter than 3 bytes: no keyword is asked for",
                         keyword.text));
      }
    }
    // If a keyword was too short, the others alone would miss matches that only it announces.
    if (rule.keywords.size() < from.keywords.size()) rule.keywords.clear();
    // Without keywords, site_file.cc derives some first.
    if (!rule.keywords.empty()) rule.facts = facts_of(rule.regex, rule.keywords);
    rule.conditions = conditions(from);
    return rule;
  }

  static std::string description(const GitleaksRule& from) {
    std::string text = from.description.value_or("");
    if (text.empty()) text = from.id;
    for (char& c : text) {
      if (c < ' ' || c > '~') c = '?';
    }
    if (text.size() > kLongestDescription) text = text.substr(0, kLongestDescription - 3) + "...";
    return text;
  }

  // As in gitleaks: when no group is given, the first group that is not empty.
  static uint8_t secret_group(const GitleaksRule& from, int groups) {
    const int64_t wanted = from.secret_group.value_or(0);
    if (wanted == 0) return groups == 0 ? 0 : kFirstGroup;
    if (wanted > groups) {
      throw from.secret_group_file->error_at(
          *from.secret_group_node, fmt::format("the regex has only {} capture groups", groups));
    }
    return static_cast<uint8_t>(wanted);
  }

  std::shared_ptr<Conditions> conditions(const GitleaksRule& from) {
    auto result = std::make_shared<Conditions>();
    if (from.path) {
      result->in_files = compile(*from.path, fmt::format("path of rule '{}'", from.id));
    }
    for (const GitleaksAllowlist& list : from.allowlists) {
      result->allowlists.push_back(compile(list));
    }
    for (size_t i = 0; i < global_.size(); ++i) {
      const auto& targets = file_.allowlists()[i].target_rules;
      if (targets.empty() ||
          std::ranges::find(targets, from.id, &GitleaksText::text) != targets.end()) {
        result->allowlists.push_back(global_[i]);
      }
    }
    if (result->allowlists.size() > Conditions::kMostAllowlists) {
      throw from.file->error_at(*from.table, fmt::format("rule '{}' has more than {} allow-lists",
                                                         from.id, Conditions::kMostAllowlists));
    }
    conditions_[from.id] = result;
    if (!result->in_files && result->allowlists.empty() && from.required.empty()) return nullptr;
    return result;
  }

  void add_requirements(const GitleaksRule& from) {
    for (const GitleaksRequirement& required : from.required) {
      const GitleaksRule* other = find(required.id);
      if (!other || !other->regex || other == &from) {
        throw required.file->error_at(
            *required.table,
            fmt::format("there is no rule '{}' with a regex to require", required.id));
      }
      auto its_lists = std::make_shared<Conditions>();
      its_lists->allowlists = conditions_.at(required.id)->allowlists;
      const bool has_places = std::ranges::any_of(its_lists->allowlists, [](const auto& list) {
        return !list->paths.empty() || !list->commits.empty();
      });
      if (other->path || !other->required.empty() || has_places) {
        warn(from, *required.file, *required.table,
             fmt::format("it stands whatever 'required' and the paths and commits of rule '{}' say",
                         required.id));
      }
      const int groups = regexes_.at(required.id)->NumberOfCapturingGroups();
      Requirement requirement{regexes_.at(required.id),
                              secret_group(*other, groups),
                              static_cast<float>(other->entropy.value_or(0)),
                              its_lists,
                              std::nullopt,
                              std::nullopt};
      if (required.lines) requirement.lines = static_cast<size_t>(*required.lines);
      if (required.columns) requirement.columns = static_cast<size_t>(*required.columns);
      conditions_.at(from.id)->required.push_back(std::move(requirement));
    }
  }

  const GitleaksFile& file_;
  std::vector<std::string>& warnings_;
  std::vector<std::shared_ptr<const Allowlist>> global_;
  std::map<std::string, SharedRegex> regexes_;
  std::map<std::string, std::shared_ptr<Conditions>> conditions_;
};

}  // namespace

std::vector<RawRule> rules_of(const GitleaksFile& file, std::vector<std::string>& warnings) {
  return Importer(file, warnings).run();
}

}  // namespace pushguard
