// SPDX-License-Identifier: Apache-2.0
// Matches of rules, and the contest between rules that match at the same place.
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
  std::string note;           // what the validator said, or ""
  bool is_strong = false;     // of a generic rule: surely random, and not in a comment
  bool is_spent = false;      // opens nothing any more (validator.h)
  bool names_issuer = false;  // has a keyword of its rule, as "ghp_"
  // From which release on a match here is as sure: a rule that it beat may be older.
  Release since = {};
  const Rule* vendor = nullptr;      // of a generic rule: whose secret it is (vendor.h)
  std::string_view example;          // the template that it is (templates.h); "" for a finding
  uint64_t allowlists_by_place = 0;  // see Conditions::admit()
  // Rules about certain files that beat this match: it does not count in their files.
  std::vector<const Rule*> yields_to;
};

struct Candidate {
  enum class Kind : uint8_t {
    finding,
    example,    // a literal template where a rule that is `likely` expects a secret
    dismissed,  // no secret: a check failed, a reference, a template
    unproven,   // in the form of a secret, with wrong check characters
  };

  Match match;
  Range window;  // what was searched when it was found
  Kind kind = Kind::finding;
};

// The findings, ordered by position. Of matches that overlap, that of the surest rule wins. A
// generic rule reports no value that another rule knows, even if that one dismissed it. What is
// unproven it may report, for the value may be another service's, but never as a strong one.
//
// A rule about certain files can win only in those files, and the path is not known here. A
// match that such a rule beats is therefore kept, and lists the rule in `yields_to`. So
// matches may overlap, but in a file at any one path those that count do not. Rejected:
// telling the scanner the paths of a blob (a blob arrives before the trees that name it, and
// may have many names).
//
// Rules without keywords, which are about whole files of certain names, take no part. What is
// known to be a vendor's competes as the generic rule's, and has the vendor's rule afterwards.
std::vector<Match> without_overlaps(const std::vector<Candidate>& candidates);

// The same for the literal templates among the first `most` that are one.
std::vector<Match> examples_without_overlaps(const std::vector<Candidate>& candidates, size_t most);

// Adds those of `winners` that are about certain files to match.yields_to. Returns whether
// another of them beats `match` in every file.
bool loses_to(Match& match, std::vector<const Match*> winners);

// Whether a match of `rule` that yields to `yields_to` counts in the file at `path`.
bool counts_in_file(const Rule& rule, std::span<const Rule* const> yields_to,
                    std::string_view path);

}  // namespace pushguard
