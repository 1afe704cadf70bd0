// SPDX-License-Identifier: Apache-2.0
#include "rules/file_names.h"

#include <algorithm>

#include <fmt/format.h>

#include "templates/environment_file.h"
#include "vocabulary/ascii.h"
#include "vocabulary/error.h"
#include "vocabulary/path_glob.h"

namespace pushguard {
namespace {

// The longest run of plain characters in the last part of a glob.
std::string_view longest_literal(std::string_view glob) {
  std::string_view name = glob.substr(glob.rfind('/') + 1), longest;
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find_first_of("*?["));
    if (part.size() > longest.size()) longest = part;
    const size_t end = name.find_first_of("*?[");
    if (end == name.npos) break;
    const size_t next = name[end] == '[' ? name.find(']', end) : end;
    name.remove_prefix(std::min(next, name.size() - 1) + 1);
  }
  return longest;
}

}  // namespace

std::vector<std::string> name_keywords(std::span<const std::string_view> globs) {
  std::vector<std::string> keywords;
  for (const std::string_view glob : globs) {
    const std::string_view literal = longest_literal(glob);
    if (literal.size() < KeywordIndex::kShortest) {
      throw Error(fmt::format("the glob '{}' has no part of three letters by which a file's name "
                              "is known",
                              glob));
    }
    keywords.push_back(to_lower(literal));
  }
  std::ranges::sort(keywords);
  keywords.erase(std::unique(keywords.begin(), keywords.end()), keywords.end());
  return keywords;
}

bool FileNameRules::contains(std::string_view name, uint32_t keyword) const {
  return std::ranges::any_of(keywords.uses_of(keyword), [&](const KeywordIndex::Use& use) {
    if (use.rule == rules.size()) return is_environment_file(name);
    return std::ranges::any_of(rules[use.rule].paths, [&](std::string_view glob) {
      return matches_path_glob(glob.substr(glob.rfind('/') + 1), name);
    });
  });
}

bool FileNameRules::contains(std::string_view name) const {
  std::vector<KeywordHit> hits;
  keywords.find(name, {0, name.size()}, hits);
  return std::ranges::any_of(hits,
                             [&](const KeywordHit& hit) { return contains(name, hit.keyword); });
}

}  // namespace pushguard
