// SPDX-License-Identifier: Apache-2.0
// What a delta has from its base: keyword hits and candidates in copied bytes.
//
// Both are taken over only with everything around them that could change them:
// a keyword wholly inside one copy, a candidate with its window and the margin
// in which another keyword would have widened that window.
#pragma once

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
};

// Every match for which the keyword at `keyword` is a reason to look, with the
// `end_max` that its use has, stands in this window.
Range window_of(const Rule& rule, uint16_t end_max, Range keyword, size_t content_size);

// Appends the hits of `object`, in order of position: those in its copies from
// the hits of its base, the others by looking.
void find_hits(const KeywordIndex& index, const Object& object,
               const std::vector<KeywordHit>* base_hits, std::vector<KeywordHit>& hits);

// Whether `range` of the base, with `wide` bytes on both sides, stands in the
// copy. Where both contents start (or end) with it, nothing is missing.
bool copied_with_margin(const Copy& copy, const Object& object, Range range, size_t wide);

// Whether all that a search around `keyword` depends on stands in `copy`.
bool search_is_copied(const Rule& rule, Range keyword, const Copy& copy, const Object& object);

// Appends the candidates of `base` that stand in the copies of `object`.
void inherit_candidates(const Sightings& base, const Object& object,
                        std::vector<Candidate>& candidates);

}  // namespace pushguard
