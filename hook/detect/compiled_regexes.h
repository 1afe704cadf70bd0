// SPDX-License-Identifier: Apache-2.0
// The rules' regexes, each compiled when it is first needed, for all threads.
//
// A large push needs hundreds, with the states that RE2 makes of them as it goes:
// about 20 MB. RE2 lets threads share them. Rejected: a set for each thread.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <mutex>
#include <unordered_map>

#include "rules/rule.h"

namespace pushguard {

class CompiledRegexes {
 public:
  // `regex` is one of the rule's, whose text outlives this. Throws Error for one
  // that RE2 refuses.
  const RE2& get(const Rule& rule, std::string_view regex);

 private:
  std::mutex lock_;
  std::unordered_map<const char*, std::unique_ptr<const RE2>> by_text_;
};

}  // namespace pushguard
