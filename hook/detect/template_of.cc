// SPDX-License-Identifier: Apache-2.0
#include "detect/template_of.h"

#include <algorithm>

#include "keywords/index.h"
#include "templates/own_name.h"
#include "validators/validator.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

// The longest part of a keyword that `secret` begins with, as written in `secret`, or "". The
// keyword may start before the secret; then the part is its end.
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

}  // namespace

std::optional<TemplateMatch> template_of(const Templates& templates, const Rule& rule,
                                         std::string_view content, Range range) {
  const std::string_view secret = content.substr(range.begin, range.size());
  const std::string_view prefix = literal_prefix(rule, secret);
  if (const auto found = templates.match(secret, prefix)) return found;
  if (rule.validator && rule.validator->decode) {
    if (const auto found = templates.match(rule.validator->decode(secret), "")) return found;
  }
  if (is_own_name(content.substr(0, range.begin), secret, prefix)) {
    return TemplateMatch{"own-name"};
  }
  return std::nullopt;
}

}  // namespace pushguard
