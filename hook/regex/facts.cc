// SPDX-License-Identifier: Apache-2.0
#include "regex/facts.h"

#include <algorithm>

#include "regex/syntax_tree.h"

namespace pushguard {

RegexFacts facts_of(std::string_view regex, std::span<const std::string> keywords) {
  constexpr size_t kMostBytes = 1 << 30;  // sums of it fit
  const SyntaxTree tree = parse_regex(regex);
  const std::vector<RegexPart> parts = parts_of(tree);
  RegexPart match;
  for (const RegexPart& part : parts) match += part;
  return {static_cast<uint32_t>(std::min(match.longest.value_or(0), kMostBytes)),
          required_runs(parts, keywords), begins_text(tree)};
}

}  // namespace pushguard
