// SPDX-License-Identifier: Apache-2.0
#include "rules/gitleaks_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "regex/regex.h"
#include "vocabulary/ascii.h"
#include "vocabulary/mistakes.h"

namespace pushguard {
namespace {

constexpr size_t kDeepest = 2;  // as in gitleaks

constexpr std::string_view kFileKeys[] = {"title",     "description", "minversion", "extend",
                                          "allowlist", "allowlists",  "rules"};
constexpr std::string_view kExtendKeys[] = {"usedefault", "path", "url", "disabledrules"};
constexpr std::string_view kRuleKeys[] = {"id",        "description", "regex",    "secretgroup",
                                          "path",      "entropy",     "keywords", "tags",
                                          "allowlist", "allowlists",  "required", "skipreport"};
constexpr std::string_view kRequiredKeys[] = {"id", "withinlines", "withincolumns"};
constexpr std::string_view kListKeys[] = {"description", "condition", "commits",  "paths",
                                          "regextarget", "regexes",   "stopwords"};
constexpr std::string_view kGlobalListKeys[] = {"description", "condition",   "commits",
                                                "paths",       "regextarget", "regexes",
                                                "stopwords",   "targetrules"};

// The spelling in `table` of `key`, which is in lower case; `key` when the table has no such key.
std::string spelled(const toml::table& table, std::string_view key) {
  for (const auto& [name, value] : table) {
    if (to_lower(name.str()) == key) return std::string(name.str());
  }
  return std::string(key);
}

bool is_one_of(std::string_view text, std::span<const std::string_view> known) {
  return std::ranges::find(known, text) != known.end();
}

// For tables in which an ignored key could let a secret through.
void expect_known(const TomlFile& file, const toml::table& table,
                  std::span<const std::string_view> known) {
  for (const auto& [key, value] : table) {
    if (!is_one_of(to_lower(key.str()), known)) {
      throw file.error_at(value, fmt::format("key '{}' is unknown", key.str()));
    }
  }
}

std::vector<GitleaksText> texts(const TomlFile& file, const toml::table& table,
                                std::string_view key) {
  const std::string name = spelled(table, key);
  std::vector<GitleaksText> result;
  for (std::string& text : file.strings(table, name)) {
    result.push_back({std::move(text), &file, table.get(name)->as_array()->get(result.size())});
  }
  return result;
}

GitleaksText text_of(const TomlFile& file, const toml::table& table, const std::string& key) {
  return {file.required(table, key), &file, table.get(key)};
}

}  // namespace

std::string at(const TomlFile& file, const toml::node& node, std::string_view message) {
  return fmt::format("{}:{}: {}", file.name(), node.source().begin.line, message);
}

bool is_gitleaks(const TomlFile& file) {
  constexpr std::string_view kTheirs[] = {"rules", "extend", "allowlist", "allowlists"};
  constexpr std::string_view kOurs[] = {"rule", "provider"};
  const toml::node *theirs = nullptr, *ours = nullptr;
  for (const auto& [key, value] : file.root()) {
    if (is_one_of(to_lower(key.str()), kTheirs)) theirs = &value;
    if (is_one_of(key.str(), kOurs)) ours = &value;
  }
  if (theirs && ours) {
    throw file.error_at(*theirs, "the file mixes two formats: [[rule]] and gitleaks' [[rules]]");
  }
  if (!theirs && !ours) {
    throw FileError(file.name(), file.text(), 1, 1, "this is no rule file",
                    "it has neither [[rule]] nor, as gitleaks has, [[rules]]");
  }
  return theirs != nullptr;
}

GitleaksFile::GitleaksFile(const std::filesystem::path& path)
    : GitleaksFile(path, TomlFile(path.native(), read_file(path))) {}

GitleaksFile::GitleaksFile(const std::filesystem::path& path, TomlFile file) {
  files_.push_back(std::move(file));
  read(path, files_.back(), 0);
}

void GitleaksFile::warn(const TomlFile& file, const toml::node& node, std::string_view message) {
  warnings_.push_back(at(file, node, message));
}

void GitleaksFile::warn_of_unknown(const TomlFile& file, const toml::table& table,
                                   std::span<const std::string_view> known) {
  for (const auto& [key, value] : table) {
    if (!is_one_of(to_lower(key.str()), known)) {
      warn(file, value, fmt::format("key '{}' is unknown and has no effect", key.str()));
    }
  }
}

void GitleaksFile::read(const std::filesystem::path& path, const TomlFile& file, size_t depth) {
  const toml::table& root = file.root();
  warn_of_unknown(file, root, kFileKeys);
  Mistakes mistakes;
  std::map<std::string, const toml::table*> here;
  mistakes.attempt([&] {
    for (const toml::table* table : file.tables(root, spelled(root, "rules"))) {
      mistakes.attempt([&] {
        GitleaksRule rule = read_rule(file, *table);
        if (!here.emplace(rule.id, table).second) {
          throw file.error_at(*table, fmt::format("there is another rule '{}'", rule.id));
        }
        add(std::move(rule));
      });
    }
  });
  mistakes.attempt([&] { read_allowlists(file, root, true, allowlists_); });
  mistakes.attempt([&] {
    if (const toml::table* table = file.table(root, spelled(root, "extend"))) {
      extend(path, file, *table, depth);
    }
  });
  mistakes.raise();
}

void GitleaksFile::extend(const std::filesystem::path& path, const TomlFile& file,
                          const toml::table& table, size_t depth) {
  warn_of_unknown(file, table, kExtendKeys);
  if (const auto key = spelled(table, "url"); !file.string(table, key).value_or("").empty()) {
    throw file.error_at(*table.get(key), "Pushguard never uses the network",
                        "fetch the file and name it in 'path'");
  }
  const auto disabled_key = spelled(table, "disabledrules");
  const std::vector<std::string> disabled = file.strings(table, disabled_key);
  for (const std::string& id : disabled) disabled_.emplace(id, false);
  const auto default_key = spelled(table, "usedefault");
  const auto base_key = spelled(table, "path");
  const std::string base = file.string(table, base_key).value_or("");
  if (file.boolean(table, default_key).value_or(false)) {
    if (!base.empty()) {
      throw file.error_at(*table.get(default_key), "'useDefault' and 'path' exclude each other");
    }
    uses_default_ = true;
    warn(file, *table.get(default_key),
         "gitleaks' own rules are not here; Pushguard's built-in rules run in any case");
  }
  if (!base.empty()) {
    if (depth == kDeepest) {
      throw file.error_at(*table.get(base_key),
                          fmt::format("'path' leads more than {} files deep", kDeepest));
    }
    // A relative path is relative to the file: the hook runs in the directory of each repository.
    const auto base_path = path.parent_path() / base;
    std::optional<std::string> text;
    try {
      text = read_file(base_path);
    } catch (const Error& error) {
      throw file.error_at(*table.get(base_key), error.what());
    }
    const TomlFile& base_file =
        files_.emplace_back(base_path.lexically_normal().native(), std::move(*text));
    if (!is_gitleaks(base_file)) {
      throw file.error_at(*table.get(base_key),
                          fmt::format("'{}' is not a gitleaks file", base_file.name()));
    }
    read(base_path, base_file, depth + 1);
  }
  for (const std::string& id : disabled) {
    if (disabled_.at(id)) continue;
    warn(file, *table.get(disabled_key),
         fmt::format("no extended file has the rule '{}' of 'disabledRules'; what a built-in rule "
                     "finds is let through by [[allow]] in the configuration",
                     id));
  }
}

// A rule of an extended file sets what the extending file's rule left out, and adds to its
// lists.
void GitleaksFile::add(GitleaksRule rule) {
  if (const auto disabled = disabled_.find(rule.id); disabled != disabled_.end()) {
    disabled->second = true;
    return;
  }
  const auto known = std::ranges::find(rules_, rule.id, &GitleaksRule::id);
  if (known == rules_.end()) {
    rules_.push_back(std::move(rule));
    return;
  }
  if (!known->description) known->description = rule.description;
  if (!known->regex) known->regex = rule.regex;
  if (!known->path) known->path = rule.path;
  if (!known->secret_group) {
    known->secret_group = rule.secret_group;
    known->secret_group_file = rule.file;
    known->secret_group_node = rule.secret_group_node;
  }
  if (!known->entropy) known->entropy = rule.entropy;
  std::ranges::move(rule.keywords, std::back_inserter(known->keywords));
  std::ranges::move(rule.allowlists, std::back_inserter(known->allowlists));
  std::ranges::move(rule.required, std::back_inserter(known->required));
  known->skip_report = known->skip_report || rule.skip_report;
}

GitleaksRule GitleaksFile::read_rule(const TomlFile& file, const toml::table& table) {
  warn_of_unknown(file, table, kRuleKeys);
  GitleaksRule rule{&file, &table, file.required(table, spelled(table, "id"))};
  const bool plain = std::ranges::all_of(rule.id, [](char c) { return c > ' ' && c < 0x7f; });
  if (!plain || rule.id.size() > 100) {
    throw file.error_at(*table.get(spelled(table, "id")),
                        "'id' must be at most 100 printable ASCII characters without spaces");
  }
  rule.description = file.string(table, spelled(table, "description"));
  for (const auto& [key, field] : {std::pair{"regex", &rule.regex}, {"path", &rule.path}}) {
    const std::string name = spelled(table, key);
    if (!file.string(table, name).value_or("").empty()) *field = text_of(file, table, name);
  }
  const std::string group = spelled(table, "secretgroup");
  rule.secret_group = file.integer(table, group, 0, kMostGroups - 1);
  rule.secret_group_file = &file;
  rule.secret_group_node = table.get(group);
  rule.entropy = file.number(table, spelled(table, "entropy"));
  rule.keywords = texts(file, table, "keywords");
  for (GitleaksText& keyword : rule.keywords) keyword.text = to_lower(keyword.text);
  read_allowlists(file, table, false, rule.allowlists);
  for (const toml::table* required : file.tables(table, spelled(table, "required"))) {
    expect_known(file, *required, kRequiredKeys);
    rule.required.push_back(
        {&file, required, file.required(*required, spelled(*required, "id")),
         file.integer(*required, spelled(*required, "withinlines"), 0, 1 << 20),
         file.integer(*required, spelled(*required, "withincolumns"), 0, 1 << 20)});
  }
  rule.skip_report = file.boolean(table, spelled(table, "skipreport")).value_or(false);
  const std::string tags = spelled(table, "tags");
  if (!told_of_tags_ && !file.strings(table, tags).empty()) {
    warn(file, *table.get(tags), "'tags' are not kept; this is said once for all rules");
    told_of_tags_ = true;
  }
  return rule;
}

void GitleaksFile::read_allowlists(const TomlFile& file, const toml::table& table, bool global,
                                   std::vector<GitleaksAllowlist>& lists) {
  const std::string one = spelled(table, "allowlist"), many = spelled(table, "allowlists");
  std::vector<const toml::table*> tables = file.tables(table, many);
  // The older form is one table, but some files have a list of tables under that name.
  if (const toml::node* node = table.get(one); node && node->is_array()) {
    std::ranges::copy(file.tables(table, one), std::back_inserter(tables));
  } else if (node) {
    tables.push_back(file.table(table, one));
  }
  for (const toml::table* list : tables) {
    GitleaksAllowlist read = read_allowlist(file, *list, global);
    if (read.regexes.empty() && read.paths.empty() && read.stopwords.empty() &&
        read.commits.empty()) {
      warn(file, *list, "the allow-list has no condition and allows nothing");
    } else {
      lists.push_back(std::move(read));
    }
  }
}

GitleaksAllowlist GitleaksFile::read_allowlist(const TomlFile& file, const toml::table& table,
                                               bool global) {
  expect_known(file, table,
               global ? std::span<const std::string_view>(kGlobalListKeys)
                      : std::span<const std::string_view>(kListKeys));
  GitleaksAllowlist list{&file, &table};
  list.description = file.string(table, spelled(table, "description")).value_or("");
  const std::string condition_key = spelled(table, "condition");
  const std::string condition = to_lower(file.string(table, condition_key).value_or("or"));
  list.all = condition == "and" || condition == "&&";
  if (!list.all && condition != "or" && condition != "||" && !condition.empty()) {
    throw file.error_at(*table.get(condition_key), fmt::format("unknown value '{}'", condition),
                        "one of: AND, OR");
  }
  const std::string target_key = spelled(table, "regextarget");
  list.target = file.string(table, target_key).value_or("");
  if (list.target.empty()) list.target = "secret";
  if (list.target != "secret" && list.target != "match" && list.target != "line") {
    throw file.error_at(*table.get(target_key), fmt::format("unknown value '{}'", list.target),
                        "one of: secret, match, line");
  }
  list.regexes = texts(file, table, "regexes");
  list.paths = texts(file, table, "paths");
  list.stopwords = texts(file, table, "stopwords");
  list.commits = texts(file, table, "commits");
  list.target_rules = texts(file, table, "targetrules");
  return list;
}

}  // namespace pushguard
