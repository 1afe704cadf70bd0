// SPDX-License-Identifier: Apache-2.0
#include "rules/site_file.h"

#include <algorithm>
#include <deque>
#include <iterator>

#include <fmt/format.h>

#include "keywords/proof.h"
#include "objects/blob_stream.h"
#include "rules/context_needed.h"
#include "rules/gitleaks_rules.h"

namespace pushguard {
namespace {

// Chooses what part of an object the rule is run on; what is to be said of it.
std::string filter(RawRule& rule) {
  const KeywordProof proof(rule.regex);
  const bool proved = !rule.keywords.empty() && proof.holds(rule.keywords);
  if (rule.keywords.empty()) {
    rule.keywords = proof.derive();
    rule.facts = facts_of(rule.regex, rule.keywords);
  }
  if (rule.keywords.empty()) {
    rule.whole = true;
    return "its regex has no literal to look for first: it is run on every object";
  }
  if (!proved && !proof.holds(rule.keywords)) {
    rule.whole = true;
    return "its keywords may stand apart from its matches: it is run on the whole of each object "
           "that has one";
  }
  if (rule.facts.longest_match == 0) {
    rule.whole = true;
    return "its matches have no longest length: it is run on the whole of each object that has "
           "one of its keywords";
  }
  return {};
}

// What becomes of blobs that are handed over in parts; "" when it sees all in them.
std::string large_blobs(const RawRule& raw) {
  std::deque<std::vector<std::string_view>> lists;
  if (fits_overlap(resolve(raw, lists))) return {};
  return fmt::format("a blob of {} MiB or more{} counts as 'too-large'", kStreamedBytes >> 20,
                     raw.keywords.empty() ? "" : " that has one of its keywords");
}

std::vector<std::string> warnings_of(RawRule& rule) {
  std::vector<std::string> warnings;
  for (const std::string& text : {filter(rule), large_blobs(rule)}) {
    if (text.empty()) continue;
    warnings.push_back(fmt::format("{}:{}: rule '{}': {}", rule.file, rule.line, rule.id, text));
  }
  return warnings;
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
    if (const toml::node* key = file.root().get("key")) {
      throw file.error_at(*key, "a site's file has no [[key]]: write a [[rule]]");
    }
    result.rules = read_rules(file);
    for (const RawRule& rule : result.rules) {
      if (rule.since == Release()) continue;
      throw FileError(file.name(), file.text(), rule.line, rule.column,
                      "a site's rule has no 'since': that is the release which brings a rule",
                      "let it warn at first with 'confidence = \"possible\"'");
    }
    result.texts.push_back({file.name(), file.text()});
  }
  for (RawRule& rule : result.rules) {
    rule.site = true;
    std::ranges::move(warnings_of(rule), std::back_inserter(result.warnings));
  }
  return result;
}

}  // namespace pushguard
