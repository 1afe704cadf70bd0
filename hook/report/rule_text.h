// SPDX-License-Identifier: Apache-2.0
// The sentences about a rule that its page and the reference share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_file.h"

namespace pushguard {

// "likely: blocks; confirmed when its own check passes", by the default policy.
std::string confidence_text(const RawRule& rule);
// The evidence for a match besides its regex.
std::string proof_text(const RawRule& rule);

struct Weakness {
  std::string id;         // "CWE-798"
  std::string_view name;  // "" for one that has no name here
  std::string url;        // its definition
};
std::vector<Weakness> weaknesses_of(const RawRule& rule);

// The first example, with its random characters (or else its whole secret) as asterisks. It
// may have several lines.
std::string masked_example(const RawRule& rule);

}  // namespace pushguard
