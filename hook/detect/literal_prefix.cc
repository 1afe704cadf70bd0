// SPDX-License-Identifier: Apache-2.0
#include "detect/literal_prefix.h"

#include <algorithm>

#include "keywords/index.h"
#include "vocabulary/ascii.h"

namespace pushguard {

std::string_view literal_prefix(const Rule& rule, std::string_view secret) {
  size_t longest = 0;
  for (const std::string_view keyword : rule.keywords) {
    for (std::string_view tail = keyword; tail.size() >= KeywordIndex::kShortest;
         tail.remove_prefix(1)) {
      if (tail.size() <= longest || secret.size() <= tail.size()) continue;
      if (std::equal(tail.begin(), tail.end(), secret.begin(),
                     [](char k, char c) { return k == to_lower(c); })) {
        longest = tail.size();
      }
    }
  }
  return secret.substr(0, longest);
}

}  // namespace pushguard
