#include "detect/site_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "detect/gitleaks_rules.h"
#include "detect/keyword_proof.h"

namespace pushguard {
namespace {

// Chooses what part of an object the rule is run on; a warning if all of it.
std::string filter(RawRule& rule) {
  const KeywordProof proof(rule.regex);
  const bool proved = !rule.keywords.empty() && proof.holds(rule.keywords);
  if (rule.keywords.empty()) rule.keywords = proof.derive();
  if (rule.keywords.empty()) {
    rule.whole = true;
    return "its regex has no literal to look for first: it is run on every object";
  }
  if (!proved && !proof.holds(rule.keywords)) {
    rule.whole = true;
    return "its keywords may stand apart from its matches: it is run on the whole of each object "
           "that has one";
  }
  if (rule.reach == 0) {
    rule.whole = true;
    return "its matches have no longest length: it is run on the whole of each object that has "
           "one of its keywords";
  }
  return {};
}

}  // namespace

FileError SiteFile::error_at(const RawRule& rule, std::string_view message) const {
  const auto source = std::ranges::find(texts, rule.file, &RuleText::name);
  return FileError(rule.file, source == texts.end() ? "" : std::string_view(source->text),
                   rule.line, rule.column, message);
}

SiteFile read_site_file(const std::filesystem::path& path) {
  SiteFile result;
  TomlFile file(path.native(), read_file(path));
  result.is_gitleaks = is_gitleaks(file);
  if (result.is_gitleaks) {
    const GitleaksFile gitleaks(path, std::move(file));
    result.warnings = gitleaks.warnings();
    result.rules = rules_of(gitleaks, result.warnings);
    for (const TomlFile& read : gitleaks.files()) {
      result.texts.push_back({read.name(), read.text()});
    }
  } else {
    result.rules = read_rules(file);
    result.texts.push_back({file.name(), file.text()});
  }
  for (RawRule& rule : result.rules) {
    rule.site = true;
    const std::string warning = filter(rule);
    if (warning.empty()) continue;
    result.warnings.push_back(
        fmt::format("{}:{}: rule '{}': {}", rule.file, rule.line, rule.id, warning));
  }
  return result;
}

}  // namespace pushguard
