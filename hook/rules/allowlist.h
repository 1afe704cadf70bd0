// SPDX-License-Identifier: Apache-2.0
// An allow-list of a site's rule: values and places that are not findings.
//
// What it says of the value (regexes, stopwords) is asked while scanning. What
// it says of the place (paths, commits) is asked when the places are known, and
// changes the verdict: content is never left unread for where it stands.
// Only imported rules have any; what a site writes itself is [[allow]].
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/oid.h"
#include "vocabulary/range.h"

namespace re2 {
class RE2;
}

namespace pushguard {

// Compiled with regex_options(); shared by the rules that have the same list.
using SharedRegex = std::shared_ptr<const re2::RE2>;

bool finds(const re2::RE2& regex, std::string_view text);

// What lies farther from a match than this is not looked at: a pusher's line of
// many megabytes must not be read again for each match on it.
inline constexpr size_t kNearby = 16 << 10;

// Where the line of `position` starts, or kNearby before it if that is later.
size_t line_start(std::string_view content, size_t position);

struct Allowlist {
  enum class Target : uint8_t { secret, match, line };
  enum class Says : uint8_t { nothing, ask_the_place, allowed };

  bool all = false;                    // every kind of condition given must hold; else any one does
  Target target = Target::secret;      // what the regexes look at
  std::vector<SharedRegex> regexes;    // a line is cut kNearby from the match
  std::vector<std::string> stopwords;  // lower case; looked for in the secret
  std::vector<SharedRegex> paths;
  std::vector<Oid> commits;
  std::string name;  // for the record: "rules.toml:12: made-up keys"

  Says says(std::string_view content, Range match, Range secret) const;
  // After ask_the_place. `path` is "" where it is not known.
  bool allows(std::string_view path, const Oid& commit) const;
};

}  // namespace pushguard
