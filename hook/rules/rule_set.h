// SPDX-License-Identifier: Apache-2.0
// Rules ready to run: the rules and their keyword index.
//
// Two ways to have one: built_in_rules() (built_in.h) is static data compiled
// from rules/*.toml; SiteRules (site_rules.h) holds what a site's own files say,
// read at start.
#pragma once

#include <cstdint>
#include <span>

#include "keywords/index.h"
#include "regex/byte_set.h"
#include "rules/named_keys.h"
#include "rules/rule_list.h"

namespace pushguard {

struct RuleSet {
  RuleList rules;
  KeywordIndex keywords;                      // a rule's number is its place in `rules`
  std::span<const uint16_t> unfiltered = {};  // rules without keywords: run on every object
  ByteSet unfiltered_begin = kAllBytes;       // or only on those that begin with one of these
  std::span<const NamedKey> named = {};       // of rules without keywords that are not run
};

}  // namespace pushguard
