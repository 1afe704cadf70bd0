// SPDX-License-Identifier: Apache-2.0
// The texts about a rule that `pushguard rules show` and `pushguard rules pages` share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_file.h"

namespace pushguard {

// How sure a finding is and what happens to it under the default policy: "likely: blocks;
// confirmed when its own check passes".
std::string confidence_text(const RawRule& rule);
// The evidence for a match besides its regex: the validator's summary and the least entropy.
std::string proof_text(const RawRule& rule);

struct Weakness {
  std::string id;         // "CWE-798"
  std::string_view name;  // "use of hard-coded credentials"; "" when it is not in our table
  std::string url;        // its definition
};
// The entries of `rule.weaknesses` (CWE and OWASP numbers), in their order.
std::vector<Weakness> weaknesses_of(const RawRule& rule);

// The rule's first example with asterisks instead of its random characters; if it has none,
// instead of the whole secret. May have several lines.
std::string masked_example(const RawRule& rule);

}  // namespace pushguard
