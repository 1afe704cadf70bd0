// SPDX-License-Identifier: Apache-2.0
#include "rules/own_prefixes.h"

#include <algorithm>

#include <re2/re2.h>

#include "keywords/index.h"
#include "validators/validator.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr std::string_view kProviders[] = {"gitlab"};
constexpr std::string_view kPersonal = "glpat-";
constexpr size_t kLongest = 20;  // GitLab's own limit

// Whether the prefix of another kind of token comes after the site's: "acme-glrt-".
bool is_of_another_kind(std::string_view secret) {
  for (size_t at = secret.find("-gl"); at != secret.npos; at = secret.find("-gl", at + 1)) {
    const size_t end = secret.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 1);
    if (end != secret.npos && secret[end] == '-') return true;
  }
  return false;
}

// "acme-" and 20 characters may also be a branch or a host. All but one in thirty thousand
// random tokens have letters of both cases.
Validation check_body(std::string_view secret, int64_t) {
  if (secret.find(kPersonal) != secret.npos) return {};
  if (is_of_another_kind(secret)) return {Validity::invalid, "the prefix of another kind"};
  const auto has = [&](char first, char last) {
    return std::ranges::any_of(secret, [&](char c) { return c >= first && c <= last; });
  };
  if (has('A', 'Z') && has('a', 'z')) return {};
  return {Validity::weakened, "a prefix of this site, but no random body"};
}

constexpr Validator kBody{"gitlab-own-prefix", "a body of both cases", check_body, nullptr};

// The prefix of every token of the rule, such as "glrt-"; "" for a rule without one.
std::string_view prefix_of(const Rule& rule) {
  if (rule.provider != "GitLab" || rule.keywords.size() != 1) return {};
  const std::string_view keyword = rule.keywords[0];
  if (!keyword.starts_with("gl") || !keyword.ends_with('-')) return {};
  return rule.regex.find(keyword) == rule.regex.npos ? std::string_view() : keyword;
}

}  // namespace

std::span<const std::string_view> providers_with_own_prefixes() { return kProviders; }

std::string_view mistake_in_prefix(std::string_view prefix) {
  const bool plain = std::ranges::all_of(prefix, [](char c) { return c > ' ' && c < 0x7f; });
  if (!plain) return "a prefix is printable ASCII without spaces";
  if (prefix.size() < KeywordIndex::kShortest) return "a prefix has at least 3 characters";
  if (prefix.size() > kLongest) return "a prefix has at most 20 characters";
  if (prefix == kPersonal) return "this prefix is found without being named";
  return {};
}

std::vector<RawRule> rules_with(const OwnPrefixes& own, std::span<const Rule> built_in) {
  std::vector<RawRule> rules;
  for (const Rule& rule : built_in) {
    const std::string_view usual = prefix_of(rule);
    if (usual.empty() || own.prefixes.empty()) continue;
    RawRule& made = rules.emplace_back();
    std::string alternatives;
    for (const std::string& prefix : own.prefixes) {
      // GitLab's setting has the prefix without the "-" that comes after it.
      const std::string instance = prefix.ends_with('-') ? prefix : prefix + "-";
      if (!alternatives.empty()) alternatives += '|';
      alternatives += RE2::QuoteMeta(instance) + std::string(usual);
      made.keywords.push_back(to_lower(instance) + std::string(usual));
      if (usual != kPersonal) continue;
      alternatives += '|' + RE2::QuoteMeta(prefix);
      made.keywords.back() = to_lower(prefix);
    }
    made.regex = rule.regex;
    made.regex.replace(made.regex.find(usual), usual.size(), "(?:" + alternatives + ")");
    made.id = std::string(rule.id) + "-own-prefix";
    made.provider = rule.provider;
    made.description = rule.description;
    made.facts = facts_of(made.regex, made.keywords);
    made.secret_group = rule.secret_group;
    made.min_entropy = rule.min_entropy;
    made.validator = rule.validator || usual != kPersonal ? rule.validator : &kBody;
    made.confidence = rule.confidence;
    made.privilege = rule.privilege;
    made.lifetime = rule.lifetime;
    made.rotate = rule.rotate;
    made.companion = rule.companion;
    made.companion_only = rule.companion_only;
    made.paths.assign(rule.paths.begin(), rule.paths.end());
    made.weaknesses = rule.weaknesses;
    made.site = true;
    made.file = "[prefixes]";
  }
  return rules;
}

}  // namespace pushguard
