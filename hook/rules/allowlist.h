// SPDX-License-Identifier: Apache-2.0
// An allow-list of an imported rule: values and places that are no findings.
//
// Conditions on the value (regexes, stopwords) are tested while scanning. Conditions on the
// place (paths, commits) are tested when the places are known, and change the verdict:
// content is never skipped because of its place. Only imported rules have allow-lists; a
// site writes [[allow]] entries.
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

// Compiled with regex_options(); shared by all rules with the same list.
using SharedRegex = std::shared_ptr<const re2::RE2>;

bool finds(const re2::RE2& regex, std::string_view text);

// The most bytes that are read on each side of a match: a line of many megabytes must not be
// read again for each match in it.
inline constexpr size_t kNearby = 16 << 10;

// The start of the line that contains `position`, but at most kNearby bytes before it.
size_t line_start(std::string_view content, size_t position);

struct Allowlist {
  enum class Target : uint8_t { secret, match, line };
  enum class Says : uint8_t { nothing, ask_the_place, allowed };

  bool all = false;                    // whether every kind of condition must hold, or any one
  Target target = Target::secret;      // what `regexes` are matched against
  std::vector<SharedRegex> regexes;    // a line is cut kNearby bytes from the match
  std::vector<std::string> stopwords;  // lower case; searched for in the secret
  std::vector<SharedRegex> paths;
  std::vector<Oid> commits;
  std::string name;  // for the record: "rules.toml:12: made-up keys"

  Says says(std::string_view content, Range match, Range secret) const;
  // For a match for which says() returned ask_the_place. `path` is "" when it is unknown.
  bool allows(std::string_view path, const Oid& commit) const;
};

}  // namespace pushguard
