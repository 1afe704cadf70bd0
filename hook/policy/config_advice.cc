// SPDX-License-Identifier: Apache-2.0
#include "policy/config_advice.h"

#include <algorithm>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "policy/decision.h"
#include "regex/regex.h"
#include "vocabulary/nearest.h"
#include "vocabulary/toml_file.h"

namespace pushguard {
namespace {

// Paths and refs that no one pattern means at once, unless it means all.
constexpr const char* kPaths[] = {"a", "README.md", ".env", "src/main.c", "tests/deep/er/x.y.z"};
constexpr const char* kRefs[] = {"refs/heads/main", "refs/heads/a/b", "refs/tags/v1.0",
                                 "refs/changes/01/1/1", "refs/notes/x"};

// Values of different alphabets and lengths; made here, as a stored one could
// look like somebody's secret.
std::vector<std::string> values() {
  constexpr std::string_view kAlphabets[] = {
      "0123456789abcdef", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=",
      "abcdefghijklmnopqrstuvwxyz.-_", "!#%&()*,:;<>?@[]^{|}~aB3"};
  std::vector<std::string> made;
  for (const std::string_view alphabet : kAlphabets) {
    std::string& value = made.emplace_back();
    const size_t size = 20 + 7 * made.size();
    for (size_t i = 0; value.size() < size; ++i) value += alphabet[(i * 11 + 3) % alphabet.size()];
  }
  return made;
}

bool matches_all(const std::string& pattern, std::span<const char* const> texts) {
  return std::ranges::all_of(texts,
                             [&](const char* text) { return matches_pathspec(pattern, text); });
}

bool matches_all_values(const std::string& regex) {
  const RE2 pattern(regex, regex_options());
  return std::ranges::all_of(
      values(), [&](const std::string& value) { return RE2::FullMatch(value, pattern); });
}

class Advice {
 public:
  Advice(const Config& config, std::span<const std::string_view> rules, std::chrono::sys_days today,
         unsigned processors)
      : config_(config),
        file_(config.source, config.text),
        rules_(rules),
        today_(today),
        processors_(processors) {}

  std::vector<std::string> run() {
    check_policy();
    check_limits();
    check_monitor();
    const auto allow = file_.tables(file_.root(), "allow");
    for (size_t i = 0; i < allow.size(); ++i) check_allow(*allow[i], config_.allow[i]);
    const auto templates = file_.tables(file_.root(), "template");
    for (size_t i = 0; i < templates.size(); ++i) {
      check_template(*templates[i], config_.templates[i]);
    }
    if (const toml::table* table = file_.table(file_.root(), "templates")) {
      check_patterns(*table, "files", config_.template_files);
    }
    std::ranges::stable_sort(told_, {}, &Told::place);
    std::vector<std::string> texts;
    for (Told& told : told_) texts.push_back(std::move(told.text));
    return texts;
  }

 private:
  struct Told {
    std::pair<size_t, size_t> place;
    std::string text;
  };

  void tell(const toml::node& node, std::string_view message, std::string_view hint = {}) {
    const auto& place = node.source().begin;
    told_.push_back({{place.line, place.column}, file_.error_at(node, message, hint).what()});
  }

  void check_policy() {
    const auto blocks = [](const Actions& actions) {
      return std::ranges::find(actions, Action::block) != actions.end();
    };
    if (blocks(config_.introduced) || blocks(config_.preexisting) ||
        config_.promoted_example == Action::block) {
      return;
    }
    tell(*file_.root().get("policy"), "the policy blocks nothing: no secret refuses a push",
         "set 'confirmed' or 'likely' of 'introduced' to \"block\"");
  }

  void check_limits() {
    const toml::table* limits = file_.table(file_.root(), "limits");
    if (!limits) return;
    const toml::node* object = limits->get("object_mib");
    if (object && config_.limits.object_bytes > config_.limits.memory_bytes) {
      tell(*object, fmt::format("one object may be larger than all together: 'memory_mib' is {}",
                                config_.limits.memory_bytes >> 20));
    }
    const toml::node* threads = limits->get("threads");
    if (threads && processors_ > 0 && config_.limits.threads > processors_) {
      tell(*threads, fmt::format("more threads than processors: this machine has {}", processors_));
    }
  }

  void check_pattern(const toml::node& node, std::string_view pattern) {
    const std::string_view flaw = flaw_of_path_pattern(pattern);
    if (!flaw.empty()) tell(node, fmt::format("'{}' matches no path: {}", pattern, flaw));
  }

  void check_patterns(const toml::table& table, std::string_view key,
                      std::span<const std::string> patterns) {
    for (size_t i = 0; i < patterns.size(); ++i) {
      if (table.get(key)) check_pattern(*table.get(key)->as_array()->get(i), patterns[i]);
    }
  }

  void check_expiry(const toml::table& table, const std::optional<std::chrono::sys_days>& expires) {
    if (!expires || today_ < *expires) return;
    tell(*table.get("expires"), fmt::format("this entry is void since {:%Y-%m-%d}", *expires),
         "take it out, or give it a later day");
  }

  void check_monitor() {
    const toml::table* table = file_.table(file_.root(), "monitor");
    if (!table || !config_.monitor) return;
    if (today_ >= config_.monitor->until) {
      tell(*table->get("until"),
           fmt::format("the hook refuses since {:%Y-%m-%d}", config_.monitor->until),
           "take [monitor] out, or give it a later day");
    }
    for (size_t i = 0; i < config_.monitor->rules.size(); ++i) {
      const std::string& rule = config_.monitor->rules[i];
      if (std::ranges::find(rules_, rule) != rules_.end()) continue;
      tell(*table->get("rules")->as_array()->get(i), fmt::format("there is no rule '{}'", rule),
           "'pushguard rules list' names them all");
    }
  }

  void check_ref(const toml::node& node, std::string_view ref) {
    const std::string_view first = ref.substr(0, ref.find('/'));
    if (first.find_first_of("*?[") != first.npos || ref.starts_with("refs/")) return;
    tell(node, fmt::format("'{}' matches no ref: refs have their full names here", ref),
         fmt::format("such as 'refs/heads/{}'", ref));
  }

  void check_allow(const toml::table& table, const Allow& allow) {
    if (allow.rule && std::ranges::find(rules_, *allow.rule) == rules_.end()) {
      const std::string_view right = nearest(*allow.rule, rules_);
      tell(*table.get("rule"), fmt::format("there is no rule '{}'", *allow.rule),
           right.empty() ? "'pushguard rules list' names them all"
                         : fmt::format("did you mean '{}'?", right));
    }
    if (allow.path) check_pattern(*table.get("path"), *allow.path);
    if (allow.ref) check_ref(*table.get("ref"), *allow.ref);
    check_expiry(table, allow.expires);
    if (allow.rule || allow.fingerprint || (allow.path && !matches_all(*allow.path, kPaths)) ||
        (allow.ref && !matches_all(*allow.ref, kRefs))) {
      return;
    }
    tell(table, "this [[allow]] lets every secret through",
         "name a 'rule', a 'fingerprint' or fewer paths");
  }

  void check_template(const toml::table& table, const SiteTemplate& entry) {
    check_patterns(table, "paths", entry.paths);
    check_expiry(table, entry.expires);
    const auto is_all = [](const std::string& path) { return matches_all(path, kPaths); };
    if (entry.value.empty() || !matches_all_values(entry.value) ||
        (!entry.paths.empty() && std::ranges::none_of(entry.paths, is_all))) {
      return;
    }
    tell(*table.get("value"), "this [[template]] lets every secret through",
         "'value' is a pattern of the values that are examples");
  }

  const Config& config_;
  const TomlFile file_;
  std::span<const std::string_view> rules_;
  std::chrono::sys_days today_;
  unsigned processors_;
  std::vector<Told> told_;
};

// Whether each '[' is closed: "[]a]" is, and so is "[!]a]".
bool has_open_bracket(std::string_view pattern) {
  for (size_t at = pattern.find('['); at != pattern.npos; at = pattern.find('[', at + 1)) {
    size_t first = at + 1;
    if (first < pattern.size() && (pattern[first] == '!' || pattern[first] == '^')) ++first;
    at = pattern.find(']', first + 1);
    if (at == pattern.npos) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> config_advice(const Config& config,
                                       std::span<const std::string_view> rules,
                                       std::chrono::sys_days today, unsigned processors) {
  return Advice(config, rules, today, processors).run();
}

std::string_view flaw_of_path_pattern(std::string_view pattern) {
  if (pattern.empty()) return "it is empty";
  if (pattern.starts_with(' ') || pattern.ends_with(' ')) return "it begins or ends with a blank";
  if (pattern.find('\\') != pattern.npos) return "it has a backslash, and git's paths have '/'";
  if (pattern.starts_with('/')) return "paths start at the top of the repository, without a '/'";
  if (pattern.starts_with("./") || pattern.starts_with("../")) {
    return "paths start at the top of the repository, without './' or '../'";
  }
  if (has_open_bracket(pattern)) return "it has a '[' without its ']'";
  return {};
}

std::string advice_at(const Config& config, std::string_view table, std::string_view key,
                      std::string_view message, std::string_view hint) {
  const TomlFile file(config.source, config.text);
  const toml::table* parent = file.table(file.root(), table);
  const toml::node* node = parent ? parent->get(key) : nullptr;
  return file.error_at(node ? *node : file.root(), message, hint).what();
}

}  // namespace pushguard
