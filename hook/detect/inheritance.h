// SPDX-License-Identifier: Apache-2.0
// Takes over keyword hits and candidates in copied bytes from a delta's base.
//
// That requires that everything around them that could change them was copied, too: for a
// keyword the whole of it in one copy; for a candidate its window, and the margin in which
// another keyword would have widened the window.
#pragma once

#include <functional>
#include <vector>

#include "detect/candidate.h"
#include "detect/encoded_match.h"
#include "keywords/index.h"
#include "objects/object.h"
#include "rules/rule.h"

namespace pushguard {

// What a scanner keeps of an object for its deltas.
class Sightings : public Remembered {
 public:
  std::vector<std::vector<KeywordHit>> hits;  // a list for each rule set
  std::vector<Candidate> candidates;
  std::vector<EncodedSighting> encoded;  // EncodedScanner's

  uint64_t bytes() const override {
    uint64_t bytes = candidates.size() * sizeof(Candidate);
    for (const auto& list : hits) bytes += list.size() * sizeof(KeywordHit);
    for (const auto& one : encoded) bytes += one.matches.size() * sizeof(EncodedMatch);
    return bytes;
  }
};

// The window that contains every match of `rule` whose keyword is at `keyword`. `end_max` is
// that of the keyword's use (KeywordIndex::Use).
Range window_of(const Rule& rule, uint16_t end_max, Range keyword, size_t content_size);

// Appends the hits of `object`, ordered by position: in copied bytes those of its base, in the
// others those that a search finds. Stops, and returns false, when `may_go_on` does.
bool find_hits(const KeywordIndex& index, const Object& object,
               const std::vector<KeywordHit>* base_hits, std::vector<KeywordHit>& hits,
               const std::function<bool()>& may_go_on);

// Whether `copy` contains `range` of the base with `wide` bytes on both sides; fewer are enough
// where both contents start or end.
bool copied_with_margin(const Copy& copy, const Object& object, Range range, size_t wide);

// Whether `copy` contains everything that a search around `keyword` depends on.
bool search_is_copied(const Rule& rule, Range keyword, const Copy& copy, const Object& object);

// Appends the candidates of `base` that are in copied bytes of `object`.
void inherit_candidates(const Sightings& base, const Object& object,
                        std::vector<Candidate>& candidates);

}  // namespace pushguard
