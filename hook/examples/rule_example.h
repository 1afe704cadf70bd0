// SPDX-License-Identifier: Apache-2.0
// The finished examples of a rule: expanded, and with right check characters.
//
// `rules check` and the tests use the same text.
#pragma once

#include <string>

#include "rules/rule_file.h"

namespace pushguard {

struct RuleExample {
  std::string text;
  std::string secret;  // the secret that the regex finds in it; "" when it does not match
};

// Example `number`, counted from 0, of `rule`. It is the same on every machine. Throws Error
// for an unknown placeholder.
RuleExample make_example(const RawRule& rule, size_t number);

}  // namespace pushguard
