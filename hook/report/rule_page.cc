// SPDX-License-Identifier: Apache-2.0
#include "report/rule_page.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/leak.h"
#include "report/rule_text.h"
#include "rules/built_in.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

// The lines of `text`, as views.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    lines.push_back(line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return lines;
}

std::string joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) text += text.empty() ? word : "  " + word;
  return text;
}

// A field. The name is on the first line of the value only.
void field(std::string& text, std::string_view name, std::string_view value) {
  for (const std::string_view line : lines_of(value)) {
    text += fmt::format("{:<12}{}\n", name, line);
    name = "";
  }
}

// Markdown code between backticks: more in a row than `text` contains.
std::string code(std::string_view text) {
  std::string fence = "`";
  while (text.find(fence) != text.npos) fence += '`';
  const std::string_view space = fence.size() > 1 ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", fence, space, text);
}

std::string leak_sentence(const RawRule& rule) {
  return "W" + leak_means(rule.privilege, rule.lifetime).substr(1);
}

std::string entry(const RawRule& rule) {
  std::string text =
      fmt::format("### {}\n\n{}. {}.\n\n```text\n", rule.id, rule.description, leak_sentence(rule));
  const std::string example = masked_example(rule);
  for (const std::string_view line : lines_of(example)) text += fmt::format("{}\n", line);
  text += fmt::format("```\n\n- Confidence: {}\n- Revoke or rotate: {}\n- Proof: {}\n",
                      confidence_text(rule), rule.rotate, proof_text(rule));
  if (!rule.companion.empty()) text += fmt::format("- Companion: {}\n", code(rule.companion));
  if (!rule.paths.empty()) {
    std::string paths;
    for (const std::string& path : rule.paths) paths += (paths.empty() ? "" : ", ") + code(path);
    text += fmt::format("- Only in files: {}\n", paths);
  }
  std::string weaknesses;
  for (const Weakness& weakness : weaknesses_of(rule)) {
    weaknesses += fmt::format("{}[{}]({}){}{}", weaknesses.empty() ? "" : ", ", weakness.id,
                              weakness.url, weakness.name.empty() ? "" : " ", weakness.name);
  }
  text += fmt::format("- Weaknesses: {}\n", weaknesses);
  for (const std::string& reference : rule.references) {
    text += fmt::format("- See <{}>\n", reference);
  }
  return text + '\n';
}

// "<id>" would be a tag of HTML.
std::string without_tags(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += c == '<' ? "&lt;" : std::string(1, c);
  return escaped;
}

// What is known of an issuer, as a list.
std::string provider_facts(std::string_view name) {
  const Provider provider = built_in_providers().find(name);
  std::string text;
  const auto add = [&](std::string_view what, std::string_view fact) {
    if (!fact.empty()) text += fmt::format("- {}: {}\n", what, without_tags(fact));
  };
  add("Use instead", provider.instead);
  add("Revoke by", provider.revoke);
  add("It affects", provider.affects);
  add("Misuse shows in", provider.misuse);
  return text.empty() ? text : text + '\n';
}

// How a site writes rules of its own. Its example is tried by a test.
constexpr std::string_view kWriteRule = R"(## Write a rule

A site's own rules are in a file that `[rules] extra` names (README.md, "Configure it"). This is
one, for tokens of `acme_` and 20 letters or digits. CONTRIBUTING.md, "Write a rule", says what each
key means, and what stands in braces.

```toml
provider = "Acme"

[[rule]]
id = "acme-deploy-key"
description = "Acme deploy key"
regex = '''(acme_[a-z0-9]{20})\b'''
keywords = ["acme_"]
secret_group = 1
min_entropy = 2.8
confidence = "possible"
privilege = "write"
lifetime = "long-lived"
rotate = "deploy.acme.example/keys"
examples = ["key = acme_{b36:20}"]
negatives = ["acme_{b36:9}", "acme_{x:20}", "acme_{b36:30}"]
```

1. `pushguard rules check FILE` proves that every match has a keyword, and tries the examples and
   the negatives.
2. `pushguard scan --only FILE DIRECTORY` says what each rule of the file reports in what you have,
   and nothing of the built-in ones. Read each place: a rule that is wrong once in your own
   trees will be wrong in every push.
3. Name the file in `[rules] extra` and run `pushguard config check`. With `confidence = "possible"`
   the rule warns; look at its findings in the log for some days.
4. Let it block: `confidence = "likely"`.

)";

}  // namespace

std::string render_rule_list(std::span<const RawRule> rules) {
  size_t id = 0, provider = 0;
  for (const RawRule& rule : rules) {
    id = std::max(id, rule.id.size());
    provider = std::max(provider, rule.provider.size());
  }
  std::string text;
  for (const RawRule& rule : rules) {
    text += fmt::format("{:<{}}  {:<10}  {:<{}}  {}\n", rule.id, id, to_string(rule.confidence),
                        rule.provider, provider, rule.description);
  }
  return text;
}

std::string render_rule(const RawRule& rule) {
  std::string text = fmt::format("{}: {}\n\n", rule.id, rule.description);
  field(text, "provider", rule.provider);
  field(text, "confidence", confidence_text(rule));
  field(text, "privilege", to_string(rule.privilege));
  field(text, "lifetime", to_string(rule.lifetime));
  field(text, "if it leaks", leak_sentence(rule));
  const Provider provider = built_in_providers().find(rule.provider);
  field(text, "revoke at", rule.rotate);
  field(text, "revoke by", provider.revoke);
  field(text, "it affects", provider.affects);
  field(text, "misuse", provider.misuse);
  field(text, "instead", provider.instead);
  field(text, "looks like", masked_example(rule));
  field(text, "proof", proof_text(rule));
  field(text, "regex", rule.regex);
  if (rule.secret_group > 0) {
    field(text, "secret", fmt::format("group {} of the regex", rule.secret_group));
  }
  if (!rule.keywords.empty()) field(text, "keywords", joined(rule.keywords));
  field(text, "named", joined(rule.names));
  field(text, "in the name", joined(rule.words));
  field(text, "companion", rule.companion);
  if (!rule.paths.empty()) field(text, "only in", joined(rule.paths));
  std::string weaknesses;
  for (const Weakness& weakness : weaknesses_of(rule)) {
    weaknesses +=
        fmt::format("{}{}{}\n", weakness.id, weakness.name.empty() ? "" : " ", weakness.name);
  }
  field(text, "weaknesses", weaknesses);
  if (rule.since != Release()) field(text, "new in", to_string(rule.since));
  field(text, "written in", fmt::format("{}:{}", rule.file, rule.line));
  for (const std::string& reference : rule.references) field(text, "see", reference);
  return text;
}

std::string render_reference(std::span<const RawRule> rules) {
  // By provider, ignoring letter case, then in the order of the files.
  std::map<std::pair<std::string, std::string>, std::vector<const RawRule*>> providers;
  for (const RawRule& rule : rules) {
    providers[{to_lower(rule.provider), rule.provider}].push_back(&rule);
  }
  std::string text =
      fmt::format("# What Pushguard recognises\n\n"
                  "{} rules of {} providers. Made from the rule files; renew it with\n"
                  "`pushguard rules pages >rules/README.md`.\n\n"
                  "Each entry says what a leak means, what the secret looks like (`********` is\n"
                  "random), how sure a finding is and what happens to it under the default\n"
                  "policy, where to revoke it, and what proves it. `pushguard rules show ID` has\n"
                  "its regex as well.\n\n{}## Providers\n\n",
                  rules.size(), providers.size(), kWriteRule);
  for (const auto& [name, owned] : providers) {
    std::string links;
    for (const RawRule* rule : owned) {
      links += fmt::format("{0}[{1}](#{1})", links.empty() ? "" : ", ", rule->id);
    }
    text += fmt::format("- {}: {}\n", name.second, links);
  }
  text += '\n';
  for (const auto& [name, owned] : providers) {
    text += fmt::format("## {}\n\n", name.second);
    text += provider_facts(name.second);
    for (const RawRule* rule : owned) text += entry(*rule);
  }
  text.pop_back();
  return text;
}

}  // namespace pushguard
