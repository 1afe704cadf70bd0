// SPDX-License-Identifier: Apache-2.0
#include "policy/config.h"

#include <algorithm>

#include <fmt/format.h>

#include "policy/config_date.h"
#include "policy/config_keys.h"
#include "policy/config_people.h"
#include "policy/monitor.h"
#include "regex/regex.h"
#include "vocabulary/mistakes.h"
#include "vocabulary/toml_file.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDefaultPath = "/etc/pushguard/config.toml";

constexpr std::string_view kConfidenceKeys[] = {"possible", "likely", "confirmed"};

constexpr std::pair<std::string_view, Action> kActions[] = {
    {"ignore", Action::ignore}, {"warn", Action::warn}, {"block", Action::block}};
constexpr std::pair<std::string_view, bool> kFailureActions[] = {{"refuse", true},
                                                                 {"accept", false}};

constexpr std::pair<std::string_view, bool> kJsonChoices[] = {{"always", true}, {"asked", false}};

void check_sha256(const TomlFile& file, const toml::node& node, std::string_view text) {
  if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != text.npos) {
    throw file.error_at(node, "'sha256' is not 64 lower-case hex digits");
  }
}

void check_value(const TomlFile& file, const toml::node& node, const std::string& text) {
  const RE2 pattern(text, regex_options());
  if (!pattern.ok()) {
    throw file.error_at(node, fmt::format("'value' is not a pattern: {}", pattern.error()));
  }
  if (RE2::FullMatch("", pattern)) {
    throw file.error_at(node, "'value' matches even an empty value",
                        "a pattern names the values that are templates");
  }
}

// Each key by itself, so that a mistake in one hides none in another.
class Reader {
 public:
  Reader(const TomlFile& file, Config& config) : file_(file), config_(config) {}

  void run() {
    const toml::table& root = file_.root();
    expect_keys(root, "");
    in(root, "policy", "policy", [&](const toml::table& table) { read_policy(table); });
    in(root, "failures", "failures", [&](const toml::table& table) { read_failures(table); });
    in(root, "limits", "limits", [&](const toml::table& table) { read_limits(table); });
    in(root, "rules", "rules", [&](const toml::table& table) { read_extra_rules(table); });
    attempt([&] {
      if (const toml::table* table = file_.table(root, "prefixes")) read_prefixes(*table);
    });
    in(root, "audit", "audit", [&](const toml::table& table) {
      config_.audit = read_audit_settings(file_, table, mistakes_);
      attempt([&] { config_.assistants = read_assistants(file_, table); });
    });
    in(root, "bypass", "bypass", [&](const toml::table& table) {
      attempt([&] { config_.bypass = file_.boolean(table, "enabled").value_or(false); });
    });
    in(root, "monitor", "monitor", [&](const toml::table& table) {
      attempt([&] { config_.monitor = read_monitor(file_, table); });
    });
    in(root, "message", "message", [&](const toml::table& table) { read_message(table); });
    each(root, "allow", [&](const toml::table& table) { read_allow(table); });
    each(root, "owner", [&](const toml::table& table) {
      attempt([&] { config_.owners.push_back(read_owner(file_, table)); });
    });
    each(root, "template", [&](const toml::table& table) { read_template(table); });
    in(root, "templates", "templates", [&](const toml::table& table) {
      attempt([&] {
        if (table.get("files")) config_.template_files = file_.strings(table, "files");
      });
    });
    mistakes_.sort_by_place(file_.name());
    mistakes_.raise();
  }

 private:
  template <typename Read>
  void attempt(Read&& read) {
    mistakes_.attempt(read);
  }

  void expect_keys(const toml::table& table, std::string_view name) {
    attempt([&] { file_.expect_keys(table, keys_in(name)); });
  }

  // `name` is the table's for keys_in().
  template <typename Read>
  void in(const toml::table& parent, std::string_view key, std::string_view name, Read&& read) {
    attempt([&] {
      const toml::table* table = file_.table(parent, key);
      if (!table) return;
      expect_keys(*table, name);
      read(*table);
    });
  }

  template <typename Read>
  void each(const toml::table& root, std::string_view name, Read&& read) {
    attempt([&] {
      for (const toml::table* table : file_.tables(root, name)) {
        expect_keys(*table, name);
        read(*table);
      }
    });
  }

  template <typename Value>
  void choose(const toml::table& table, std::string_view key,
              std::span<const std::pair<std::string_view, Value>> choices, Value& value) {
    attempt([&] { value = file_.choice<Value>(table, key, choices).value_or(value); });
  }

  void read_policy(const toml::table& policy) {
    const auto read = [&](std::string_view key, std::string_view name, Actions& actions) {
      in(policy, key, name, [&](const toml::table& table) {
        for (size_t i = 0; i < actions.size(); ++i) {
          choose<Action>(table, kConfidenceKeys[i], kActions, actions[i]);
        }
      });
    };
    read("introduced", "policy.introduced", config_.introduced);
    read("preexisting", "policy.preexisting", config_.preexisting);
    choose<Action>(policy, "promoted_example", kActions, config_.promoted_example);
    attempt([&] {
      if (const auto days = file_.integer(policy, "new_rules", 0, 366))
        config_.new_rules = std::chrono::days(*days);
    });
  }

  void read_failures(const toml::table& failures) {
    for (size_t i = 0; i < std::size(kAllWhys); ++i) {
      choose<bool>(failures, to_string(kAllWhys[i]), kFailureActions, config_.refuse_unscanned[i]);
    }
    choose<bool>(failures, "log", kFailureActions, config_.refuse_unlogged);
  }

  void read_limits(const toml::table& limits) {
    const auto read = [&](std::string_view key, int64_t most, auto set) {
      attempt([&] {
        if (const auto value = file_.integer(limits, key, 1, most)) set(*value);
      });
    };
    Limits& to = config_.limits;
    read("object_mib", 1 << 20, [&](int64_t mib) { to.object_bytes = uint64_t(mib) << 20; });
    read("memory_mib", 1 << 20, [&](int64_t mib) { to.memory_bytes = uint64_t(mib) << 20; });
    read("threads", 64, [&](int64_t number) { to.threads = static_cast<uint32_t>(number); });
    read("seconds", 86400, [&](int64_t number) { config_.time = std::chrono::seconds(number); });
  }

  void read_message(const toml::table& table) {
    SiteMessage& to = config_.message;
    attempt([&] { to.contact = file_.string(table, "contact").value_or(""); });
    attempt([&] { to.url = file_.string(table, "url").value_or(""); });
    attempt([&] { to.text = file_.string(table, "text").value_or(""); });
    choose<bool>(table, "json", kJsonChoices, to.json);
  }

  void read_extra_rules(const toml::table& rules) {
    attempt([&] {
      const std::vector<std::string> paths = file_.strings(rules, "extra");
      for (size_t i = 0; i < paths.size(); ++i) {
        const toml::node& node = *rules.get("extra")->as_array()->get(i);
        attempt([&] { config_.extra_rules.push_back(absolute_path(file_, node, paths[i])); });
      }
    });
  }

  // One provider a key, "gitlab = ["acme-"]".
  void read_prefixes(const toml::table& table) {
    const auto providers = providers_with_own_prefixes();
    for (const auto& entry : table) {
      const std::string_view name = entry.first.str();
      const toml::node& value = entry.second;
      attempt([&] {
        if (std::ranges::find(providers, name) == providers.end()) {
          throw file_.error_at(value,
                               fmt::format("tokens of '{}' have no prefix of a site's own", name),
                               fmt::format("one of: {}", fmt::join(providers, ", ")));
        }
        OwnPrefixes own{std::string(name), file_.strings(table, name)};
        for (size_t i = 0; i < own.prefixes.size(); ++i) {
          attempt([&] {
            const std::string_view mistake = mistake_in_prefix(own.prefixes[i]);
            if (!mistake.empty()) throw file_.error_at(*value.as_array()->get(i), mistake);
          });
        }
        config_.prefixes.push_back(std::move(own));
      });
    }
  }

  void read_template(const toml::table& table) {
    SiteTemplate result;
    attempt([&] { result.value = file_.string(table, "value").value_or(""); });
    attempt([&] { result.sha256 = file_.string(table, "sha256").value_or(""); });
    attempt([&] { result.paths = file_.strings(table, "paths"); });
    attempt([&] { result.reason = file_.required(table, "reason"); });
    attempt([&] { result.expires = read_date(file_, table, "expires"); });
    const toml::node *value = table.get("value"), *sha256 = table.get("sha256");
    attempt([&] {
      if (!value != !sha256) return;
      throw file_.error_at(table, "a [[template]] has either 'value' or 'sha256'",
                           "'value' is a pattern of the whole value, 'sha256' its hash");
    });
    attempt([&] {
      if (sha256 && !value && sha256->is_string()) check_sha256(file_, *sha256, result.sha256);
    });
    attempt([&] {
      if (value && !sha256 && value->is_string()) check_value(file_, *value, result.value);
    });
    for (size_t i = 0; i < result.paths.size(); ++i) {
      attempt([&] {
        if (!result.paths[i].empty()) return;
        throw file_.error_at(*table.get("paths"), "'paths' has an empty path");
      });
    }
    result.line = table.source().begin.line;
    config_.templates.push_back(std::move(result));
  }

  void read_allow(const toml::table& table) {
    Allow allow;
    const auto condition = [&](std::string_view key, std::optional<std::string>& text) {
      attempt([&] {
        text = file_.string(table, key);
        if (text && text->empty()) {
          throw file_.error_at(*table.get(key), fmt::format("'{}' is empty", key));
        }
      });
    };
    condition("rule", allow.rule);
    condition("path", allow.path);
    condition("ref", allow.ref);
    attempt([&] {
      allow.fingerprint = file_.string(table, "fingerprint");
      if (allow.fingerprint && !is_fingerprint(*allow.fingerprint)) {
        throw file_.error_at(*table.get("fingerprint"),
                             "a fingerprint is 16 lower-case hex digits");
      }
    });
    attempt([&] { allow.reason = file_.required(table, "reason"); });
    attempt([&] { allow.expires = read_date(file_, table, "expires"); });
    attempt([&] {
      if (table.get("rule") || table.get("path") || table.get("ref") || table.get("fingerprint")) {
        return;
      }
      throw file_.error_at(table, "an [[allow]] without any condition would allow everything",
                           "give at least one of: rule, path, ref, fingerprint");
    });
    allow.line = table.source().begin.line;
    config_.allow.push_back(std::move(allow));
  }

  const TomlFile& file_;
  Config& config_;
  Mistakes mistakes_;
};

// The file's name and text; none where there is no file.
std::pair<std::string, std::string> read_config_file(const std::optional<std::string>& named,
                                                     const Environment& environment) {
  const auto path = named ? named : environment.get("PUSHGUARD_CONFIG");
  if (path) return {*path, read_file(*path)};
  std::error_code failure;
  const auto status = fs::status(kDefaultPath, failure);
  if (status.type() == fs::file_type::not_found) return {};
  return {kDefaultPath, read_file(kDefaultPath)};
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
  Config config;
  config.source = name;
  config.text = text;
  Reader(file, config).run();
  return config;
}

std::string SiteMessage::url_for(std::string_view rule) const {
  constexpr std::string_view kRule = "{rule}";
  std::string filled = url;
  if (const size_t at = filled.find(kRule); at != filled.npos) {
    filled.replace(at, kRule.size(), rule);
  }
  return filled;
}

SiteMessage load_message(const std::optional<std::string>& named, const Environment& environment) {
  Config config;
  try {
    const auto [name, text] = read_config_file(named, environment);
    const TomlFile file(name, text);
    Reader(file, config).run();
  } catch (const Error&) {  // told already
  }
  return config.message;
}

Config load_config(const std::optional<std::string>& named, const Environment& environment) {
  const auto [name, text] = read_config_file(named, environment);
  return name.empty() ? Config() : parse_config(name, text);
}

}  // namespace pushguard
