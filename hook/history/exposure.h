// SPDX-License-Identifier: Apache-2.0
// One secret with all its places: what the policy judges and the messages name.
//
// Every finding becomes part of an exposure here, whether it is in an object, in the name of a
// ref or in a file outside a push: a secret in the name of a ref and in a file is one secret,
// and is reported once. Rejected: an exposure for each finding (fifty versions of a file would
// be fifty secrets to revoke).
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "detect/finding.h"
#include "vocabulary/fingerprint.h"
#include "vocabulary/shared_text.h"

namespace pushguard {

enum class Origin : uint8_t {
  introduced,   // this place brings it to the server
  carried,      // a parent in the same push has it at the same place
  preexisting,  // the server's own version of the file has it
};
std::string_view to_string(Origin);

// The refs of the push that reach a place, where there are several.
struct PlaceRefs {
  std::vector<std::string> names;  // the first RefSets::kMost
  bool all = true;                 // whether these are all
};

struct Place {
  enum class Kind : uint8_t {
    file,
    file_name,
    commit,
    tag,
    object,
    ref_name,
    push_option,
    push_certificate
  };
  static constexpr size_t kNoCommit = std::numeric_limits<size_t>::max();

  Kind kind = Kind::object;
  Origin origin = Origin::introduced;
  Oid object;       // the object that has the secret
  Oid commit;       // of size 0 when there is none
  SharedText path;  // of the file, or of the directory of a file name
  // From 1; 0 where there are no lines. Of a commit the lines of its message count, or, if
  // `in_header`, those of the whole object.
  size_t line = 0, column = 0;
  std::optional<uint64_t> offset;         // in bytes from 0, where the object is binary
  SharedText author, subject;             // of the commit
  SharedText committer;                   // the same
  SharedText authored, committed;         // when, by their clocks (history/commit.h)
  SharedText assistant;                   // that left its mark in the commit; or ""
  SharedText ref;                         // the first; "" when no pushed ref reaches it
  std::shared_ptr<const PlaceRefs> refs;  // shared by places; null: `ref` is the only one
  bool at_tip = false;                    // the commit is the tip of `ref`
  bool in_tip = false;                    // the tip of `ref` has this version (history/rewrite.h)
  bool root = false;                      // the commit has no parent
  bool merge = false;                     // the commit has several
  bool in_header = false;                 // of the commit: its author, committer or the like
  SharedText entry;                       // the file in the archive that the object is, or ""
  std::string encoding;                   // of the secret at this place, or ""
  SharedText owners;                      // of the path, with blanks between (owners/); or ""
  size_t commit_order = kNoCommit;        // ascends from parents to children
};
std::string_view to_string(Place::Kind);

struct PlacedFinding {
  Finding finding;
  std::vector<Place> places;  // never empty
  uint64_t more_places = 0;   // that are counted only
};

// Sets the part of a place that its finding knows.
void set_place(Place& place, const Finding& finding);
// That part; its kind is `object`.
Place place_of(const Finding& finding);

struct Exposure {
  const Rule* rule = nullptr;
  Confidence confidence = Confidence::possible;
  std::string note;
  Secret secret;
  Origin origin = Origin::introduced;  // of the whole: introduced or preexisting
  std::vector<Place> places;           // parents before children, each once; never empty
  uint64_t more_places = 0;            // that are counted only: no exception by place can hold
  uint64_t allowlists_by_place = 0;    // as in Match: the bits that all findings have
  FindingKind kind = FindingKind::anywhere;
  bool is_strong = false;          // as in Match, of the finding that describes it
  bool is_spent = false;           // the same
  Release since = {};              // the same, of the oldest finding that is as sure
  std::string_view example;        // of a promoted example: the template that it is
  std::string approved_in;         // the approved template file that has it; or ""
  std::vector<Exposure> partners;  // used together with it (history/pairs.h); without partners
  std::vector<Secret> written;     // its encoded forms, as in its places; each once
  Fingerprint fingerprint;         // "" without a site key
};

// An exposure for each secret, described by the surest of its findings, in the order
// of their first places.
std::vector<Exposure> make_exposures(std::vector<PlacedFinding> found);

// Sets the fingerprint of each exposure and of each partner.
void set_fingerprints(std::vector<Exposure>& exposures, const SiteKey& key);

}  // namespace pushguard
