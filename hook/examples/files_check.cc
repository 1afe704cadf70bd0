// SPDX-License-Identifier: Apache-2.0
#include "examples/files_check.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "vocabulary/path_glob.h"

namespace pushguard {
namespace {

// A path that the glob matches, with "x" wherever it leaves a choice.
std::string path_for(std::string_view glob) {
  std::string path;
  for (size_t i = 0; i < glob.size(); ++i) {
    const size_t end = glob[i] == '[' ? glob.find(']', i + 2) : glob.npos;
    if (glob[i] == '*' || glob[i] == '?') {
      path += 'x';
    } else if (end != glob.npos) {
      path += glob[i + 1] == '!' || glob[i + 1] == '^' ? 'x' : glob[i + 1];
      i = end;
    } else {
      path += glob[i];
    }
  }
  return path;
}

using Keywords = std::vector<std::span<const std::string_view>>;

// Of the rules about certain files, or of the others.
KeywordTables keywords_of(std::span<const Rule> rules, bool in_files) {
  Keywords keywords;
  for (const Rule& rule : rules) {
    keywords.push_back(rule.paths.empty() != in_files ? rule.keywords
                                                      : std::span<const std::string_view>());
  }
  return KeywordTables(keywords);
}

std::vector<uint16_t> unfiltered(std::span<const Rule> rules, bool in_files) {
  std::vector<uint16_t> numbers;
  for (size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].paths.empty() != in_files && rules[i].keywords.empty()) {
      numbers.push_back(static_cast<uint16_t>(i));
    }
  }
  return numbers;
}

}  // namespace

FilesCheck::Indexed::Indexed(std::span<const Rule> rules, bool in_files, const Templates& templates,
                             int64_t now)
    : keywords(keywords_of(rules, in_files)),
      unfiltered(pushguard::unfiltered(rules, in_files)),
      set{RuleList(rules), keywords.index(), unfiltered},
      scanner({&set}, templates, now) {}

FilesCheck::FilesCheck(std::span<const RawRule> rules, const Templates& templates, int64_t now) {
  for (const RawRule& rule : rules) {
    if (!is_by_name(rule)) rules_.push_back(resolve(rule, lists_));
  }
  everywhere_.emplace(rules_, false, templates, now);
  in_files_.emplace(rules_, true, templates, now);
}

std::vector<std::string> FilesCheck::mistakes_of(const RawRule& rule) {
  std::vector<std::string> mistakes;
  if (rule.paths.empty()) return mistakes;
  for (size_t i = 0; i < rule.examples.size(); ++i) {
    const RuleExample example = make_example(rule, i);
    for (const std::string& glob : rule.paths) {
      const std::string path = path_for(glob);
      if (!matches_path_glob(glob, path)) {
        mistakes.push_back(fmt::format("no file name for its glob '{}' could be made", glob));
      } else if (!is_found(rule, example, path)) {
        mistakes.push_back(fmt::format("example {} is not found in '{}', a file of its glob '{}'",
                                       i + 1, path, glob));
      }
    }
  }
  return mistakes;
}

// By this rule, or by another one that knows what it is.
bool FilesCheck::is_found(const RawRule& rule, const RuleExample& example, std::string_view path) {
  const size_t begin = example.text.find(example.secret);
  const Range secret{begin, begin + example.secret.size()};
  return std::ranges::any_of(std::array{&*everywhere_, &*in_files_}, [&](Indexed* rules) {
    return std::ranges::any_of(rules->scanner.scan(example.text), [&](const Match& match) {
      return match.secret.overlaps(secret) &&
             (match.rule->id == rule.id || !is_generic(*match.rule)) &&
             counts_in_file(*match.rule, match.yields_to, path);
    });
  });
}

}  // namespace pushguard
