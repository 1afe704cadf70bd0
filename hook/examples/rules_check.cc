// SPDX-License-Identifier: Apache-2.0
#include "examples/rules_check.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "detect/scanner.h"
#include "detect/template_of.h"
#include "examples/example.h"
#include "examples/files_check.h"
#include "examples/rule_example.h"
#include "keywords/proof.h"
#include "regex/regex.h"
#include "rules/built_in.h"
#include "rules/context_needed.h"
#include "validators/validator.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr int64_t kNow = 1767225600;  // 2026-01-01; fixed, so that examples never expire

class Checker {
 public:
  // `generic` are the rules that find the values of a vendor's rule (rules/named_keys.h).
  Checker(const RawRule& raw, std::span<const RawRule> generic, const Templates& templates,
          RulesCheck& result)
      : raw_(raw),
        rules_(resolve_all(generic)),
        rule_(rules_.front()),
        keywords_(keywords_of(rules_)),
        tables_(keywords_),
        named_(named_keys_of({&raw, 1})),
        set_{RuleList(std::span<const Rule>(rules_)), tables_.index(), unfiltered(), kAllBytes,
             named_},
        scanner_({&set_}, templates, kNow),
        result_(result) {}

  void run() {
    ++result_.rules;
    if (raw_.validator) ++result_.validated_rules;
    if (is_by_name(raw_)) {
      ++result_.named;
    } else if (raw_.keywords.empty()) {
      // Such a rule is about a whole file with a certain name.
      if (!raw_.site && !raw_.regex.starts_with("\\A")) {
        mistake("without keywords its regex starts with '\\A'");
      }
    } else if (KeywordProof(raw_.regex).holds(raw_.keywords)) {
      ++result_.proved;
    } else if (!raw_.site) {
      mistake("a match need not contain any of its keywords");
    }
    if (raw_.facts.longest_match == 0 && !raw_.site) {
      mistake("its matches have no longest length");
    } else if (!raw_.site && !fits_overlap(rule_)) {
      mistake("its matches are too long for large blobs, which are searched in parts");
    }
    if (raw_.negatives.size() < 2 && !is_imported()) mistake("it has fewer than two negatives");
    for (size_t i = 0; i < raw_.examples.size(); ++i) example(i);
    for (size_t i = 0; i < raw_.negatives.size(); ++i) negative(i);
  }

 private:
  std::vector<Rule> resolve_all(std::span<const RawRule> generic) {
    std::vector<Rule> rules = {resolve(raw_, storage_)};
    if (!is_by_name(raw_)) return rules;
    for (const RawRule& rule : generic) rules.push_back(resolve(rule, storage_));
    return rules;
  }

  static std::vector<std::span<const std::string_view>> keywords_of(std::span<const Rule> rules) {
    std::vector<std::span<const std::string_view>> keywords;
    for (const Rule& rule : rules) keywords.push_back(rule.keywords);
    return keywords;
  }

  std::span<const uint16_t> unfiltered() const {
    static constexpr uint16_t kFirst[] = {0};
    if (raw_.keywords.empty() && !is_by_name(raw_)) return kFirst;
    return {};
  }

  bool is_imported() const { return raw_.site && raw_.examples.empty(); }

  void example(size_t number) {
    ++result_.examples;
    const auto [text, secret] = make_example(raw_, number);
    if (raw_.validator && raw_.validator->seal && secret.empty()) {
      mistake(fmt::format("example {}: the regex does not match it", number + 1));
      return;
    }
    const auto matches = found_in(text);
    if (matches.empty()) {
      mistake(fmt::format("example {} is not found", number + 1));
    } else if (raw_.validator && raw_.validator->seal &&
               matches.front().confidence != Confidence::confirmed) {
      const auto again =
          raw_.validator->check(std::string_view(text).substr(matches.front().secret.begin,
                                                              matches.front().secret.size()),
                                kNow);
      std::string sealed = text.substr(matches.front().secret.begin, matches.front().secret.size());
      raw_.validator->seal(sealed);
      if (raw_.validator->check(sealed, kNow).validity == Validity::valid) {
        mistake(
            fmt::format("example {} is sealed and yet not confirmed: {}", number + 1, again.note));
      }
    } else {
      edge(number, text.substr(matches.front().secret.begin, matches.front().secret.size()));
    }
  }

  // A token that its prefix tells is found wherever one can begin, and in no longer word.
  void edge(size_t number, const std::string& token) {
    constexpr std::string_view kBefore[] = {"",  " ",  "\t",  "\n",  "(",      ">",
                                            "=", "\"", "\\n", "%3D", "\\u003d"};
    const std::string prefix = to_lower(literal_prefix(rule_, token));
    const bool tells = std::ranges::find(rule_.keywords, prefix) != rule_.keywords.end();
    if (raw_.site || !tells || !is_alnum(prefix.front())) return;
    const auto is_found = [&](std::string_view before) {
      const auto matches = scanner_.scan(std::string(before) + token + "\n");
      return !matches.empty() && matches.front().secret.begin == before.size();
    };
    if (!is_found("\"")) return;  // only its name tells it
    for (const std::string_view before : kBefore) {
      if (!is_found(before)) {
        mistake(
            fmt::format("the token of example {} is not found behind '{}'", number + 1, before));
      }
    }
    const auto amid = scanner_.scan("task" + token + "\n");
    if (!amid.empty() && amid.front().confidence != Confidence::confirmed) {
      mistake(fmt::format("the token of example {} is found amid a word", number + 1));
    }
  }

  void negative(size_t number) {
    ++result_.negatives;
    ExampleGenerator generator(number + 100);
    if (!found_in(generator.expand(raw_.negatives[number])).empty()) {
      mistake(fmt::format("negative {} is found", number + 1));
    }
  }

  // What the rule itself finds.
  std::vector<Match> found_in(std::string_view text) {
    std::vector<Match> matches = scanner_.scan(text);
    std::erase_if(matches, [&](const Match& match) { return match.rule != &rule_; });
    return matches;
  }

  void mistake(std::string_view what) {
    result_.mistakes.push_back(
        fmt::format("{}:{}: rule '{}': {}", raw_.file, raw_.line, raw_.id, what));
  }

  const RawRule& raw_;
  std::deque<std::vector<std::string_view>> storage_;
  std::vector<Rule> rules_;
  const Rule& rule_;
  std::vector<std::span<const std::string_view>> keywords_;
  KeywordTables tables_;
  std::vector<NamedKey> named_;
  RuleSet set_;
  Scanner scanner_;
  RulesCheck& result_;
};

// Those among `rules`, or else the built-in ones.
std::vector<RawRule> generic_rules(std::span<const RawRule> rules) {
  std::vector<RawRule> generic;
  const auto add = [&](std::span<const RawRule> from) {
    std::ranges::copy_if(from, std::back_inserter(generic), [](const RawRule& rule) {
      return rule.provider == "Generic" && rule.validator && rule.validator->values;
    });
  };
  const bool is_needed =
      std::ranges::any_of(rules, [](const RawRule& rule) { return is_by_name(rule); });
  if (!is_needed) return generic;
  add(rules);
  if (!generic.empty()) return generic;
  for (const RuleSource& source : built_in_sources()) {
    add(read_rules(TomlFile(std::string(source.name), std::string(source.text))));
  }
  return generic;
}

}  // namespace

RulesCheck check_rules(std::span<const RawRule> rules, const Templates& templates) {
  RulesCheck result;
  const std::vector<RawRule> generic = generic_rules(rules);
  const auto mistake = [&](const RawRule& rule, std::string_view what) {
    result.mistakes.push_back(
        fmt::format("{}:{}: rule '{}': {}", rule.file, rule.line, rule.id, what));
  };
  for (const RawRule& rule : rules) {
    try {
      Checker(rule, generic, templates, result).run();
    } catch (const Error& error) {
      mistake(rule, error.what());
    }
  }
  // A rule that fails by itself would be reported again for each of its globs.
  if (!result.mistakes.empty()) return result;
  FilesCheck files(rules, templates, kNow);
  for (const RawRule& rule : rules) {
    for (const std::string& what : files.mistakes_of(rule)) mistake(rule, what);
  }
  return result;
}

}  // namespace pushguard
