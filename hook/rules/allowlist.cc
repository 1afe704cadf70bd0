// SPDX-License-Identifier: Apache-2.0
#include "rules/allowlist.h"

#include <re2/re2.h>

#include <algorithm>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

// The lines that contain `range`, without the last line end.
std::string_view lines_of(std::string_view content, Range range) {
  const size_t begin = line_start(content, range.begin);
  const size_t last = std::max(range.end, range.begin + 1) - 1;
  const std::string_view rest = content.substr(last, kNearby);
  return content.substr(begin, last - begin + std::min(rest.find('\n'), rest.size()));
}

}  // namespace

bool finds(const RE2& regex, std::string_view text) {
  return regex.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), RE2::UNANCHORED,
                     nullptr, 0);
}

size_t line_start(std::string_view content, size_t position) {
  const size_t first = position - std::min(position, kNearby);
  const size_t before = content.substr(first, position - first).rfind('\n');
  return before == content.npos ? first : first + before + 1;
}

Allowlist::Says Allowlist::says(std::string_view content, Range match, Range secret) const {
  const std::string_view value = content.substr(secret.begin, secret.size());
  const std::string_view looked_at = target == Target::secret ? value
                                     : target == Target::match
                                         ? content.substr(match.begin, match.size())
                                         : lines_of(content, match);
  const bool by_regex = std::ranges::any_of(
      regexes, [&](const SharedRegex& regex) { return finds(*regex, looked_at); });
  const std::string lowered = stopwords.empty() ? "" : to_lower(value);
  const bool by_word = std::ranges::any_of(
      stopwords, [&](const std::string& word) { return lowered.find(word) != lowered.npos; });
  const bool has_places = !paths.empty() || !commits.empty();
  if (all) {
    const bool holds = (regexes.empty() || by_regex) && (stopwords.empty() || by_word);
    return !holds ? Says::nothing : has_places ? Says::ask_the_place : Says::allowed;
  }
  return by_regex || by_word ? Says::allowed : has_places ? Says::ask_the_place : Says::nothing;
}

bool Allowlist::allows(std::string_view path, const Oid& commit) const {
  const bool by_path = !path.empty() && std::ranges::any_of(paths, [&](const SharedRegex& regex) {
    return finds(*regex, path);
  });
  const bool by_commit = std::ranges::find(commits, commit) != commits.end();
  if (all) return (paths.empty() || by_path) && (commits.empty() || by_commit);
  return by_path || by_commit;
}

}  // namespace pushguard
