// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_writer.h"

#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "regex/regex.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

std::string basic(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

// A literal string ('...') where TOML allows it: a regex is easier to read unescaped.
std::string literal(std::string_view text) {
  const bool plain = text.find("''") == text.npos && !text.ends_with('\'') &&
                     std::ranges::none_of(text, [](char c) {
                       return static_cast<unsigned char>(c) < ' ' || c == 0x7f;
                     });
  return plain ? fmt::format("'''{}'''", text) : basic(text);
}

std::string id_of(std::string_view id) {
  std::string made(id);
  for (char& c : made) {
    c = is_alnum(c) ? to_lower(c) : '-';
  }
  return made;
}

std::string_view why_not(const RawRule& rule) {
  if (rule.conditions) return "our format has no allow-lists, required rules or path of its own";
  if (rule.keywords.empty()) return "our format asks for a keyword";
  if (rule.secret_group == kFirstGroup &&
      RE2(rule.regex, regex_options()).NumberOfCapturingGroups() > 1) {
    return "our format asks which of its groups is the secret";
  }
  return {};
}

}  // namespace

WrittenRules write_rules(std::span<const RawRule> rules) {
  WrittenRules written;
  written.text = "provider = \"site rule\"\n";
  for (const RawRule& rule : rules) {
    if (const std::string_view why = why_not(rule); !why.empty()) {
      written.left_out.push_back(fmt::format("rule '{}': {}", rule.id, why));
      continue;
    }
    std::string keywords;
    for (const std::string& keyword : rule.keywords) {
      keywords += (keywords.empty() ? "" : ", ") + basic(keyword);
    }
    written.text +=
        fmt::format("\n[[rule]]\nid = {}\ndescription = {}\nregex = {}\n"
                    "keywords = [{}]\n",
                    basic(id_of(rule.id)), basic(rule.description), literal(rule.regex), keywords);
    const int group = rule.secret_group == kFirstGroup ? 1 : rule.secret_group;
    if (group > 0) written.text += fmt::format("secret_group = {}\n", group);
    if (rule.min_entropy > 0) written.text += fmt::format("min_entropy = {}\n", rule.min_entropy);
    written.text += fmt::format("confidence = \"{}\"\nprivilege = \"{}\"\nlifetime = \"{}\"\n"
                                "rotate = {}\nexamples = []   # at least one that must be found\n"
                                "negatives = []  # and two look-alikes that must not\n",
                                to_string(rule.confidence), to_string(rule.privilege),
                                to_string(rule.lifetime), basic(rule.rotate));
  }
  return written;
}

}  // namespace pushguard
