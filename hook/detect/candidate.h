// SPDX-License-Identifier: Apache-2.0
// What a rule's regex found, before it is known whether it is told: another
// rule may know the value better.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"
#include "vocabulary/range.h"

namespace pushguard {

struct Match {
  const Rule* rule = nullptr;
  Range secret;  // in the content
  Confidence confidence = Confidence::possible;
  std::string note;                  // what the validator said, or ""
  std::string_view example;          // the template that it is (templates.h); "" for a finding
  uint64_t allowlists_by_place = 0;  // by place: see Conditions::admit
  // Rules about certain files. In a file that one of them is about, it has the place
  // of this match, which then does not count.
  std::vector<const Rule*> yields_to;
};

struct Candidate {
  enum class Kind : uint8_t {
    finding,
    example,    // a literal template where a rule that is `likely` expects a secret
    dismissed,  // no secret: a check failed, a reference, a template
  };

  Match match;
  Range window;  // what was searched when it was found
  Kind kind = Kind::finding;
};

// The findings in order of position. Of those that overlap, the surest rule has
// the place. Generic rules report no value that another rule knows, even if that
// one dismissed it.
//
// A rule about certain files has a place only in those, and the path is not known
// here: a match that such a rule beats is kept and yields to it. So matches may
// overlap, but in a file of any one path those that count do not. Rejected: the
// paths of a blob known to the scanner (a blob arrives before the trees that name
// it, and has as many names as they give it).
//
// Rules about whole files of certain names (without keywords) neither take a place
// nor lose one.
std::vector<Match> without_overlaps(const std::vector<Candidate>& candidates);

// The same for the literal templates among the first `most` that are one.
std::vector<Match> examples_without_overlaps(const std::vector<Candidate>& candidates, size_t most);

// Lets `match` yield to those of `winners` that are about certain files. Returns
// whether one of the others has the place of `match` in every file.
bool loses_to(Match& match, std::vector<const Match*> winners);

// Whether a match of `rule` that yields to `yields_to` counts in a file of that path.
bool counts_in_file(const Rule& rule, std::span<const Rule* const> yields_to,
                    std::string_view path);

}  // namespace pushguard
