// SPDX-License-Identifier: Apache-2.0
// What a rule's regex found, before it is known whether it is told: another
// rule may know the value better.
#pragma once

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

// The findings in order of position, no two of which overlap: the surest rule
// has the place. Generic rules say nothing of values that another rule knows,
// be it as none. Rules about whole files of certain names (without keywords)
// neither take a place nor lose one: which of them counts is for the name to say.
std::vector<Match> without_overlaps(const std::vector<Candidate>& candidates);

}  // namespace pushguard
