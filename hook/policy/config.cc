// SPDX-License-Identifier: Apache-2.0
#include "policy/config.h"

#include <algorithm>

#include <fmt/format.h>

#include "regex/regex.h"
#include "vocabulary/toml_file.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDefaultPath = "/etc/pushguard/config.toml";

constexpr std::string_view kKeys[] = {"policy",   "failures",  "limits",  "rules",
                                      "audit",    "bypass",    "message", "allow",
                                      "template", "templates", "prefixes"};
constexpr std::string_view kPolicyKeys[] = {"introduced", "preexisting", "promoted_example"};
constexpr std::string_view kConfidenceKeys[] = {"possible", "likely", "confirmed"};
constexpr std::string_view kFailureKeys[] = {
    "damaged", "too-large", "out-of-time", "too-many-findings", "no-quarantine", "log", "archive"};
constexpr std::string_view kLimitKeys[] = {"object_mib", "memory_mib", "seconds", "threads"};
constexpr std::string_view kTemplateKeys[] = {"value", "sha256", "paths", "reason", "expires"};
constexpr std::string_view kAllowKeys[] = {"rule",        "path",   "ref",
                                           "fingerprint", "reason", "expires"};

constexpr std::pair<std::string_view, Action> kActions[] = {
    {"ignore", Action::ignore}, {"warn", Action::warn}, {"block", Action::block}};
constexpr std::pair<std::string_view, bool> kFailureActions[] = {{"refuse", true},
                                                                 {"accept", false}};

void read_actions(const TomlFile& file, const toml::table& policy, std::string_view key,
                  Actions& actions) {
  const toml::table* table = file.table(policy, key);
  if (!table) return;
  file.expect_keys(*table, kConfidenceKeys);
  for (size_t i = 0; i < actions.size(); ++i) {
    actions[i] = file.choice<Action>(*table, kConfidenceKeys[i], kActions).value_or(actions[i]);
  }
}

void read_failures(const TomlFile& file, const toml::table& failures, Config& config) {
  file.expect_keys(failures, kFailureKeys);
  for (size_t i = 0; i < std::size(kAllWhys); ++i) {
    config.refuse_unscanned[i] =
        file.choice<bool>(failures, to_string(kAllWhys[i]), kFailureActions)
            .value_or(config.refuse_unscanned[i]);
  }
  config.refuse_unlogged = file.choice<bool>(failures, "log", kFailureActions).value_or(true);
}

void read_limits(const TomlFile& file, const toml::table& limits, Config& config) {
  file.expect_keys(limits, kLimitKeys);
  if (const auto value = file.integer(limits, "object_mib", 1, 1 << 20)) {
    config.limits.object_bytes = static_cast<uint64_t>(*value) << 20;
  }
  if (const auto value = file.integer(limits, "memory_mib", 1, 1 << 20)) {
    config.limits.memory_bytes = static_cast<uint64_t>(*value) << 20;
  }
  if (const auto value = file.integer(limits, "threads", 1, 64)) {
    config.limits.threads = static_cast<uint32_t>(*value);
  }
  if (const auto value = file.integer(limits, "seconds", 1, 86400)) {
    config.time = std::chrono::seconds(*value);
  }
}

fs::path absolute_path(const TomlFile& file, const toml::node& node, std::string_view text) {
  const fs::path path(text);
  if (!path.is_absolute()) {
    throw file.error_at(node, fmt::format("'{}' is not an absolute path", text),
                        "the hook runs in each repository's own directory");
  }
  return path;
}

// One provider a key, "gitlab = ["acme-"]".
void read_prefixes(const TomlFile& file, const toml::table& table, Config& config) {
  const auto providers = providers_with_own_prefixes();
  for (const auto& [key, value] : table) {
    if (std::ranges::find(providers, key.str()) == providers.end()) {
      throw file.error_at(value,
                          fmt::format("tokens of '{}' have no prefix of a site's own", key.str()),
                          fmt::format("one of: {}", fmt::join(providers, ", ")));
    }
    OwnPrefixes own{std::string(key.str()), file.strings(table, key.str())};
    for (size_t i = 0; i < own.prefixes.size(); ++i) {
      const std::string_view mistake = mistake_in_prefix(own.prefixes[i]);
      if (!mistake.empty()) throw file.error_at(*value.as_array()->get(i), mistake);
    }
    config.prefixes.push_back(std::move(own));
  }
}

std::optional<std::chrono::sys_days> read_expiry(const TomlFile& file, const toml::table& table) {
  const toml::node* node = table.get("expires");
  if (!node) return std::nullopt;
  const auto date = node->value_exact<toml::date>();
  const std::chrono::year_month_day day{std::chrono::year(date ? date->year : 0),
                                        std::chrono::month(date ? date->month : 0),
                                        std::chrono::day(date ? date->day : 0)};
  if (!date || !day.ok()) {
    throw file.error_at(*node, "'expires' must be a date, as in 2027-01-31 without quotes");
  }
  return day;
}

SiteTemplate read_template(const TomlFile& file, const toml::table& table) {
  file.expect_keys(table, kTemplateKeys);
  SiteTemplate result{file.string(table, "value").value_or(""),
                      file.string(table, "sha256").value_or(""), file.strings(table, "paths"),
                      file.required(table, "reason"), read_expiry(file, table)};
  const toml::node *value = table.get("value"), *sha256 = table.get("sha256");
  if (!value == !sha256) {
    throw file.error_at(table, "a [[template]] has either 'value' or 'sha256'",
                        "'value' is a pattern of the whole value, 'sha256' its hash");
  }
  if (sha256 && (result.sha256.size() != 64 ||
                 result.sha256.find_first_not_of("0123456789abcdef") != std::string::npos)) {
    throw file.error_at(*sha256, "'sha256' is not 64 lower-case hex digits");
  }
  if (value) {
    const RE2 pattern(result.value, regex_options());
    if (!pattern.ok()) {
      throw file.error_at(*value, fmt::format("'value' is not a pattern: {}", pattern.error()));
    }
    if (RE2::FullMatch("", pattern)) {
      throw file.error_at(*value, "'value' matches even an empty value",
                          "a pattern names the values that are templates");
    }
  }
  for (const std::string& path : result.paths) {
    if (path.empty()) throw file.error_at(*table.get("paths"), "'paths' has an empty path");
  }
  return result;
}

Allow read_allow(const TomlFile& file, const toml::table& table) {
  file.expect_keys(table, kAllowKeys);
  Allow allow{file.string(table, "rule"),     file.string(table, "path"),
              file.string(table, "ref"),      file.string(table, "fingerprint"),
              file.required(table, "reason"), read_expiry(file, table)};
  if (!allow.rule && !allow.path && !allow.ref && !allow.fingerprint) {
    throw file.error_at(table, "an [[allow]] without any condition would allow everything",
                        "give at least one of: rule, path, ref, fingerprint");
  }
  if (allow.fingerprint && !is_fingerprint(*allow.fingerprint)) {
    throw file.error_at(*table.get("fingerprint"), "a fingerprint is 16 lower-case hex digits");
  }
  for (const std::string_view key : {"rule", "path", "ref"}) {
    const auto text = file.string(table, key);
    if (text && text->empty())
      throw file.error_at(*table.get(key), fmt::format("'{}' is empty", key));
  }
  return allow;
}

}  // namespace

std::string_view to_string(Action action) {
  switch (action) {
    case Action::ignore: return "ignore";
    case Action::warn: return "warn";
    case Action::block: return "block";
  }
  return "block";
}

Config parse_config(const std::string& name, const std::string& text) {
  const TomlFile file(name, text);
  const toml::table& root = file.root();
  file.expect_keys(root, kKeys);
  Config config;
  config.source = name;
  config.text = text;
  if (const toml::table* policy = file.table(root, "policy")) {
    file.expect_keys(*policy, kPolicyKeys);
    read_actions(file, *policy, "introduced", config.introduced);
    read_actions(file, *policy, "preexisting", config.preexisting);
    config.promoted_example = file.choice<Action>(*policy, "promoted_example", kActions)
                                  .value_or(config.promoted_example);
  }
  if (const toml::table* failures = file.table(root, "failures")) {
    read_failures(file, *failures, config);
  }
  if (const toml::table* limits = file.table(root, "limits")) read_limits(file, *limits, config);
  if (const toml::table* rules = file.table(root, "rules")) {
    constexpr std::string_view kKnown[] = {"extra"};
    file.expect_keys(*rules, kKnown);
    for (const std::string& path : file.strings(*rules, "extra")) {
      config.extra_rules.push_back(absolute_path(file, *rules->get("extra"), path));
    }
  }
  if (const toml::table* prefixes = file.table(root, "prefixes")) {
    read_prefixes(file, *prefixes, config);
  }
  if (const toml::table* audit = file.table(root, "audit")) {
    constexpr std::string_view kKnown[] = {"directory"};
    file.expect_keys(*audit, kKnown);
    if (const auto path = file.string(*audit, "directory")) {
      config.audit_directory = absolute_path(file, *audit->get("directory"), *path);
    }
  }
  if (const toml::table* bypass = file.table(root, "bypass")) {
    constexpr std::string_view kKnown[] = {"enabled"};
    file.expect_keys(*bypass, kKnown);
    config.bypass = file.boolean(*bypass, "enabled").value_or(false);
  }
  if (const toml::table* message = file.table(root, "message")) {
    constexpr std::string_view kKnown[] = {"contact"};
    file.expect_keys(*message, kKnown);
    config.contact = file.string(*message, "contact").value_or("");
  }
  for (const toml::table* allow : file.tables(root, "allow")) {
    config.allow.push_back(read_allow(file, *allow));
  }
  for (const toml::table* table : file.tables(root, "template")) {
    config.templates.push_back(read_template(file, *table));
  }
  if (const toml::table* templates = file.table(root, "templates")) {
    constexpr std::string_view kKnown[] = {"files"};
    file.expect_keys(*templates, kKnown);
    if (templates->get("files")) config.template_files = file.strings(*templates, "files");
  }
  return config;
}

Config load_config(const std::optional<std::string>& named, const Environment& environment) {
  const auto path = named ? named : environment.get("PUSHGUARD_CONFIG");
  if (path) return parse_config(*path, read_file(*path));
  std::error_code failure;
  const auto status = fs::status(kDefaultPath, failure);
  if (status.type() == fs::file_type::not_found) return {};
  return parse_config(kDefaultPath, read_file(kDefaultPath));
}

}  // namespace pushguard
