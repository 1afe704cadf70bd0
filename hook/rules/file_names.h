// SPDX-License-Identifier: Apache-2.0
// Named files: files that are scanned once more because of their names. They are real
// environment files, in which an example is in use, and the files that some rules are about.
//
// A blob arrives without its name, and most names are in old trees. Therefore the new entries
// in the trees of a push are searched for such names, and their blobs are read after the walk.
// Rejected: running the rules about certain files on everything, and judging their findings
// by place afterwards (their keywords, such as "password" and "key", are everywhere).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "keywords/index.h"
#include "rules/rule_list.h"

namespace pushguard {

// Keywords for names: every name that one of `globs` matches contains one of them. Throws Error
// for a glob without a literal of three bytes.
std::vector<std::string> name_keywords(std::span<const std::string_view> globs);

struct FileNameRules {
  KeywordIndex keywords;  // of names, by rule; environment files count as one more rule
  RuleList rules;

  // Whether a file of that name, in any directory, is a named file.
  bool contains(std::string_view name) const;
  // The same for a name that contains `keyword`, and only for the rules of that keyword.
  bool contains(std::string_view name, uint32_t keyword) const;
};

}  // namespace pushguard
