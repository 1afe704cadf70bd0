// SPDX-License-Identifier: Apache-2.0
// Files that are told by their names to be looked at once more: real
// environment files, for examples that are in use, and the files that some
// rules are about.
//
// A blob arrives without its name, and most names are in old trees. So the
// trees of a push are asked for new entries with such a name, and the blobs
// that these name are read after the walk. Rejected: rules about files run on
// everything, their findings judged by place later (words such as "password"
// and "key" would be looked at in all of a push).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "keywords/index.h"
#include "rules/rule_list.h"

namespace pushguard {

// One of these stands in every name that one of the globs accepts. A glob
// without a literal of three bytes has none: throws Error.
std::vector<std::string> name_keywords(std::span<const std::string_view> globs);

// The index of the rules about certain files. Made when it is first needed: few
// pushes bring such a file.
KeywordTables keywords_in_files(const RuleList& rules);

// The numbers of those of them that have no keywords.
std::vector<uint16_t> unfiltered_in_files(const RuleList& rules);

struct FileNameRules {
  KeywordIndex marks;  // of each rule, and of environment files as one more
  RuleList rules;

  // Whether a file of that name, in whatever directory, is looked at.
  bool contains(std::string_view name) const;
  // The same of a name in which that mark stands, for the rules of that mark.
  bool contains(std::string_view name, uint32_t mark) const;
};

}  // namespace pushguard
