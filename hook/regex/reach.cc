// SPDX-License-Identifier: Apache-2.0
#include "regex/reach.h"

namespace pushguard {

std::optional<size_t> longest_match(std::string_view regex) {
  const RegexReader reader(regex);
  RegexPart all;
  for (const RegexPart& part : reader.parts()) all += part;
  return all.longest;
}

Alternatives first_alternatives(std::string_view regex) {
  const auto group = RegexReader(regex).first_group();
  if (!group || group->repeated) return {};
  const std::string before(regex.substr(0, group->begin)), behind(regex.substr(group->end + 1));
  const std::string_view opening = regex.substr(group->begin, group->inside - group->begin);
  // Where letter case may not count, it does not: more matches, never fewer.
  const bool has_flags = before.find("(?") != before.npos;
  std::string set, unset;
  if (opening == "(?i:") {
    set = "(?i)";
    unset = has_flags ? "" : "(?-i)";
  } else if (opening == "(?-i:") {
    unset = has_flags ? "(?i)" : "";
  } else if (opening != "(" && opening != "(?:" && !opening.starts_with("(?P<")) {
    return {};
  }
  Alternatives alternatives{group->begin, {}};
  size_t begin = group->inside;
  std::vector<size_t> ends = group->bars;
  ends.push_back(group->end);
  for (const size_t end : ends) {
    alternatives.regexes.push_back(before + set + std::string(regex.substr(begin, end - begin)) +
                                   unset + behind);
    begin = end + 1;
  }
  return alternatives;
}

std::vector<Beginning> beginnings(std::string_view regex) {
  return RegexReader(regex).beginnings();
}

}  // namespace pushguard
