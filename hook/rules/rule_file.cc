// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_file.h"

#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>
#include <re2/re2.h>

#include "regex/regex.h"
#include "rules/context_needed.h"
#include "validators/registry.h"
#include "vocabulary/ascii.h"
#include "vocabulary/mistakes.h"

namespace pushguard {
namespace {

using namespace std::literals;

constexpr std::string_view kFileKeys[] = {"provider", "since", "rule", "key"};
constexpr std::string_view kRuleKeys[] = {
    "id",          "description", "regex",          "keywords",  "secret_group",
    "min_entropy", "validator",   "confidence",     "privilege", "lifetime",
    "rotate",      "companion",   "companion_only", "paths",     "cwe",
    "references",  "examples",    "negatives",      "since"};

constexpr std::string_view kNamedKeyKeys[] = {"provider", "names",      "words",
                                              "shapes",   "parameter",  "privilege",
                                              "rotate",   "references", "since"};

template <typename Value, size_t N>
std::array<std::pair<std::string_view, Value>, N> by_name(const Value (&values)[N]) {
  std::array<std::pair<std::string_view, Value>, N> names;
  for (size_t i = 0; i < N; ++i) names[i] = {to_string(values[i]), values[i]};
  return names;
}

constexpr Confidence kConfidences[] = {Confidence::possible, Confidence::likely,
                                       Confidence::confirmed};
constexpr Privilege kPrivileges[] = {Privilege::admin,    Privilege::write,  Privilege::read,
                                     Privilege::identity, Privilege::pay,    Privilege::infer,
                                     Privilege::send,     Privilege::unknown};
constexpr Lifetime kLifetimes[] = {Lifetime::long_lived, Lifetime::expiring, Lifetime::short_lived,
                                   Lifetime::discontinued, Lifetime::unknown};

template <typename Value, size_t N>
Value choose(const TomlFile& file, const toml::table& table, std::string_view key,
             const Value (&values)[N]) {
  const auto names = by_name(values);
  file.required(table, key);
  return *file.choice<Value>(table, key, names);
}

bool is_id(std::string_view id) {
  return id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == id.npos;
}

// One line for a person: short, ASCII, so that it fits the push message.
std::string short_line(const TomlFile& file, const toml::table& table, std::string_view key) {
  std::string text = file.required(table, key);
  const bool plain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
  if (text.size() > 60 || !plain) {
    throw file.error_at(*table.get(key),
                        fmt::format("'{}' must be at most 60 printable ASCII characters", key));
  }
  return text;
}

void read_regex(const TomlFile& file, const toml::table& table, RawRule& rule) {
  rule.regex = file.required(table, "regex");
  const RE2 regex(rule.regex, regex_options());
  if (!regex.ok()) throw file.error_at(*table.get("regex"), regex.error());
  rule.secret_group =
      static_cast<uint8_t>(file.integer(table, "secret_group", 0, kMostGroups - 1).value_or(0));
  if (rule.secret_group > regex.NumberOfCapturingGroups()) {
    throw file.error_at(
        *table.get("secret_group"),
        fmt::format("the regex has only {} capture groups", regex.NumberOfCapturingGroups()));
  }
  rule.keywords = file.strings(table, "keywords");
  rule.paths = file.strings(table, "paths");
  for (std::string& keyword : rule.keywords) {
    if (keyword.size() < 3) {
      throw file.error_at(*table.get("keywords"),
                          fmt::format("keyword '{}' is shorter than 3 bytes", keyword));
    }
    keyword = to_lower(keyword);
  }
  rule.facts = facts_of(rule.regex, rule.keywords);
  // Few files have such a name, and a regex whose matches all begin where the text does is tried
  // once: they are searched without.
  if (rule.keywords.empty() && rule.paths.empty() && !rule.facts.begins_text) {
    throw file.error_at(table, "'keywords' is missing or empty");
  }
}

void read_companion(const TomlFile& file, const toml::table& table, RawRule& rule) {
  rule.companion = file.string(table, "companion").value_or("");
  if (rule.companion.empty()) return;
  const RE2 regex(rule.companion, regex_options());
  if (!regex.ok()) throw file.error_at(*table.get("companion"), regex.error());
}

// CWE numbers as written (798, hard-coded credentials, by default), then what
// of OWASP's Non-Human Identities Top 10 of 2025 a leak of it is.
std::string weaknesses(const TomlFile& file, const toml::table& table, const RawRule& rule) {
  std::vector<int64_t> cwe = file.integers(table, "cwe", 1, 9999);
  if (cwe.empty()) cwe = {798};
  std::string text;
  for (const int64_t number : cwe) text += fmt::format("CWE-{} ", number);
  text += "NHI2:2025";
  if (rule.privilege == Privilege::admin) text += " NHI5:2025";
  if (rule.lifetime == Lifetime::long_lived) text += " NHI7:2025";
  return text;
}

// Its own, or that of all in the file.
Release read_since(const TomlFile& file, const toml::table& rule) {
  const toml::table& table = rule.contains("since") ? rule : file.root();
  const auto text = file.string(table, "since");
  if (!text) return {};
  const auto release = read_release(*text);
  if (!release) throw file.error_at(*table.get("since"), "'since' is no release, as \"0.2.0\"");
  return *release;
}

RawRule read_rule(const TomlFile& file, const toml::table& table, const std::string& provider) {
  file.expect_keys(table, kRuleKeys);
  RawRule rule;
  rule.id = file.required(table, "id");
  if (!is_id(rule.id)) {
    throw file.error_at(*table.get("id"),
                        "a rule's id has only lower-case letters, digits and '-'");
  }
  rule.provider = provider;
  rule.description = short_line(file, table, "description");
  read_regex(file, table, rule);
  rule.min_entropy = static_cast<float>(file.number(table, "min_entropy").value_or(0));
  if (const auto name = file.string(table, "validator")) {
    rule.validator = find_validator(*name);
    if (!rule.validator) {
      throw file.error_at(*table.get("validator"),
                          fmt::format("there is no validator '{}'", *name));
    }
  }
  rule.confidence = choose(file, table, "confidence", kConfidences);
  rule.privilege = choose(file, table, "privilege", kPrivileges);
  rule.lifetime = choose(file, table, "lifetime", kLifetimes);
  rule.rotate = short_line(file, table, "rotate");
  read_companion(file, table, rule);
  rule.companion_only = file.boolean(table, "companion_only").value_or(false);
  if (rule.companion_only && rule.companion.empty()) {
    throw file.error_at(*table.get("companion_only"), "the rule has no companion");
  }
  rule.weaknesses = weaknesses(file, table, rule);
  rule.since = read_since(file, table);
  rule.references = file.strings(table, "references");
  rule.examples = file.strings(table, "examples");
  rule.negatives = file.strings(table, "negatives");
  if (rule.examples.empty()) throw file.error_at(table, "'examples' is missing or empty");
  rule.file = file.name();
  rule.line = table.source().begin.line;
  rule.column = table.source().begin.column;
  return rule;
}

std::vector<std::string> read_names(const TomlFile& file, const toml::table& table,
                                    std::string_view key) {
  constexpr size_t kShortest = 3;
  std::vector<std::string> names;
  for (const std::string& name : file.strings(table, key)) {
    names.push_back(joined_name(name));
    if (names.back().size() >= kShortest) continue;
    throw file.error_at(*table.get(key), fmt::format("name '{}' is too short", name));
  }
  return names;
}

// The shapes, longest first: the regex takes the first that fits.
std::vector<KeyShape> read_shapes(const TomlFile& file, const toml::table& table) {
  std::vector<KeyShape> shapes;
  for (const std::string& pattern : file.strings(table, "shapes")) {
    try {
      shapes.push_back(read_key_shape(pattern));
    } catch (const Error& error) {
      throw file.error_at(*table.get("shapes"), error.what());
    }
  }
  if (shapes.empty()) throw file.error_at(table, "'shapes' is missing or empty");
  std::ranges::stable_sort(shapes, std::greater(), &KeyShape::size);
  return shapes;
}

// The parameter as people write it with the vendor's name, and what only looks like that.
void make_examples(const TomlFile& file, const toml::table& table, std::span<const KeyShape> shapes,
                   RawRule& rule) {
  const std::string name = file.strings(table, rule.names.empty() ? "words" : "names").front(),
                    parameter = name + ' ' + file.required(table, "parameter");
  for (const KeyShape& shape : shapes) {
    rule.examples.push_back(fmt::format("{}={}", upper_name(parameter), shape.example));
    rule.examples.push_back(fmt::format("\"{}\": \"{}\"", camel_name(parameter), shape.example));
  }
  const std::string& value = shapes.front().example;
  rule.negatives = {fmt::format("X{}={}", upper_name(joined_name(name) + " key"), value),
                    fmt::format("{}={}zZ", upper_name(parameter), value)};
}

// A vendor's key that only its name tells (named_keys.h).
RawRule read_named_key(const TomlFile& file, const toml::table& table) {
  file.expect_keys(table, kNamedKeyKeys);
  RawRule rule;
  rule.provider = file.required(table, "provider");
  rule.id = to_lower(rule.provider) + "-named-key";
  for (char& c : rule.id) c = is_alnum(c) ? c : '-';
  rule.description = fmt::format("{} key by its name", rule.provider);
  rule.names = read_names(file, table, "names");
  rule.words = read_names(file, table, "words");
  if (!is_by_name(rule)) throw file.error_at(table, "'names' and 'words' are missing or empty");
  const std::vector<KeyShape> shapes = read_shapes(file, table);
  for (const KeyShape& shape : shapes) {
    rule.regex += (rule.regex.empty() ? "" : "|") + shape.regex;
  }
  rule.facts = facts_of(rule.regex, {});
  rule.confidence = Confidence::likely;
  rule.privilege = choose(file, table, "privilege", kPrivileges);
  rule.lifetime = Lifetime::long_lived;
  rule.rotate = short_line(file, table, "rotate");
  rule.weaknesses = weaknesses(file, table, rule);
  rule.since = read_since(file, table);
  rule.references = file.strings(table, "references");
  if (rule.references.empty()) throw file.error_at(table, "'references' is missing or empty");
  make_examples(file, table, shapes, rule);
  rule.file = file.name();
  rule.line = table.source().begin.line;
  rule.column = table.source().begin.column;
  return rule;
}

}  // namespace

std::vector<RawRule> read_rules(const TomlFile& file) {
  Mistakes mistakes;
  std::string provider;
  std::vector<RawRule> rules;
  mistakes.attempt([&] { file.expect_keys(file.root(), kFileKeys); });
  const auto keys = file.tables(file.root(), "key");
  for (const toml::table* table : keys) {
    mistakes.attempt([&] { rules.push_back(read_named_key(file, *table)); });
  }
  mistakes.attempt([&] {
    const auto tables = file.tables(file.root(), "rule");
    if (tables.empty() && !keys.empty()) return;
    provider = file.required(file.root(), "provider");
    for (const toml::table* table : tables) {
      mistakes.attempt([&] { rules.push_back(read_rule(file, *table, provider)); });
    }
    if (tables.empty()) {
      throw FileError(file.name(), file.text(), 1, 1, "the file has no [[rule]]");
    }
  });
  mistakes.sort_by_place(file.name());
  mistakes.raise();
  return rules;
}

std::vector<NamedKey> named_keys_of(std::span<const RawRule> rules) {
  std::vector<NamedKey> keys;
  for (size_t i = 0; i < rules.size(); ++i) {
    for (const auto* names : {&rules[i].names, &rules[i].words}) {
      for (const std::string& name : *names) {
        keys.push_back({name, static_cast<uint16_t>(i), names == &rules[i].words});
      }
    }
  }
  std::ranges::stable_sort(keys, {}, &NamedKey::name);
  return keys;
}

bool is_by_name(const RawRule& rule) { return !rule.names.empty() || !rule.words.empty(); }

uint32_t reach_of(const RawRule& rule) {
  const bool extends = rule.validator && rule.validator->extend;
  return rule.whole || extends ? 0 : rule.facts.longest_match;
}

void expect_unique_ids(std::span<const RawRule> rules) {
  std::set<std::string_view> ids;
  for (const RawRule& rule : rules) {
    if (!ids.insert(rule.id).second) {
      throw Error(fmt::format("{}:{}: there is another rule '{}'", rule.file, rule.line, rule.id));
    }
  }
}

Rule resolve(const RawRule& raw, std::deque<std::vector<std::string_view>>& lists) {
  const auto& keywords = lists.emplace_back(raw.keywords.begin(), raw.keywords.end());
  const auto& paths = lists.emplace_back(raw.paths.begin(), raw.paths.end());
  return {raw.id,
          raw.provider,
          raw.description,
          raw.regex,
          keywords,
          reach_of(raw),
          context_needed(raw),
          raw.facts.required_runs,
          raw.secret_group,
          raw.min_entropy,
          raw.validator,
          raw.confidence,
          raw.privilege,
          raw.lifetime,
          raw.rotate,
          raw.companion,
          paths,
          raw.weaknesses,
          raw.conditions.get(),
          {},
          {},
          raw.facts.begins_text,
          raw.companion_only,
          raw.site,
          raw.since};
}

}  // namespace pushguard
