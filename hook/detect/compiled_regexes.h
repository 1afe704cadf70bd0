// SPDX-License-Identifier: Apache-2.0
// The regexes of the rules, each compiled when it is first needed and shared by all threads.
//
// A large push needs hundreds of them. With the states that RE2 adds while it matches, they
// take about 20 MB; RE2 is thread-safe. Rejected: a set for each thread.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <mutex>
#include <unordered_map>

#include "rules/rule.h"

namespace pushguard {

class CompiledRegexes {
 public:
  // `regex` is a regex of `rule`; its text must outlive this object. Throws Error when RE2
  // refuses it.
  const RE2& get(const Rule& rule, std::string_view regex);

 private:
  std::mutex lock_;
  std::unordered_map<const char*, std::unique_ptr<const RE2>> by_text_;
};

}  // namespace pushguard
