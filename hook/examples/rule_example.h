// SPDX-License-Identifier: Apache-2.0
// A rule's examples, made whole: expanded, and with check characters that fit.
//
// What `rules check` finds and what tests push are the same text.
#pragma once

#include <string>

#include "rules/rule_file.h"

namespace pushguard {

struct RuleExample {
  std::string text;
  std::string secret;  // what the regex takes as the secret in it; "" where it does not match
};

// Example `number` (from 0) of `rule`, the same on every machine. Throws Error
// for a placeholder that does not exist.
RuleExample make_example(const RawRule& rule, size_t number);

}  // namespace pushguard
