// SPDX-License-Identifier: Apache-2.0
#include "report/rule_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "examples/example.h"
#include "regex/regex.h"
#include "validators/validator.h"
#include "vocabulary/secret.h"

namespace pushguard {
namespace {

struct KnownWeakness {
  std::string_view id, name;
};

// https://cwe.mitre.org/ and the OWASP Non-Human Identities Top 10 of 2025.
constexpr KnownWeakness kKnown[] = {
    {"CWE-259", "use of hard-coded password"},
    {"CWE-321", "use of hard-coded cryptographic key"},
    {"CWE-798", "use of hard-coded credentials"},
    {"NHI2:2025", "secret leakage"},
    {"NHI5:2025", "overprivileged non-human identity"},
    {"NHI7:2025", "long-lived secrets"},
};

std::string url_of(std::string_view id) {
  constexpr std::string_view kCwe = "CWE-";
  if (!id.starts_with(kCwe)) {
    return "https://owasp.org/www-project-non-human-identities-top-10/2025/";
  }
  return fmt::format("https://cwe.mitre.org/data/definitions/{}.html", id.substr(kCwe.size()));
}

}  // namespace

std::string confidence_text(const RawRule& rule) {
  std::string text = rule.confidence == Confidence::possible ? "possible: warns" : "likely: blocks";
  if (rule.companion_only) return "likely: blocks, and is known beside its companion only";
  if (!rule.companion.empty()) text += "; likely, and blocks, beside its companion";
  if (rule.validator) text += "; confirmed when its own check passes";
  return text;
}

std::string proof_text(const RawRule& rule) {
  std::string text(rule.validator ? rule.validator->summary : "its form alone");
  if (rule.min_entropy > 0) {
    text += fmt::format("; at least {:.1f} bits of entropy a byte", rule.min_entropy);
  }
  return text;
}

std::vector<Weakness> weaknesses_of(const RawRule& rule) {
  std::vector<Weakness> found;
  std::string_view rest = rule.weaknesses;
  while (!rest.empty()) {
    const std::string_view id = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(id.size() + 1, rest.size()));
    Weakness& weakness = found.emplace_back(Weakness{std::string(id), {}, url_of(id)});
    for (const KnownWeakness& known : kKnown) {
      if (known.id == id) weakness.name = known.name;
    }
  }
  return found;
}

std::string masked_example(const RawRule& rule) {
  constexpr uint64_t kSeed = 1;
  std::string text = ExampleGenerator(kSeed).expand_masked(rule.examples.front());
  if (text.find('*') != text.npos) return text;
  // The example has no random characters, like the published keys of a standard: mask its secret.
  const RE2 regex(rule.regex, regex_options());
  re2::StringPiece groups[kMostGroups];
  if (!regex.Match(text, 0, text.size(), RE2::UNANCHORED, groups, rule.secret_group + 1)) return "";
  const re2::StringPiece& secret = groups[rule.secret_group];
  const auto begin = static_cast<size_t>(secret.data() - text.data());
  const std::string preview = Secret({secret.data(), secret.size()}).preview();
  return text.replace(begin, secret.size(), preview);
}

}  // namespace pushguard
