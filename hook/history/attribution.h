// SPDX-License-Identifier: Apache-2.0
// Findings -> where each stands, since when, and by whom.
//
// Runs only when there are findings, and reads only this push's own commits:
// those that can introduce one are compared with their parents, once. One secret
// is one Exposure however many versions of a file hold it. Rejected: asking `git
// log -S` or blame (they walk the whole history, and follow what the pusher
// configured).
#pragma once

#include <string>
#include <vector>

#include "detect/collector.h"
#include "history/object_store.h"
#include "history/push_graph.h"
#include "objects/limits.h"
#include "push/push.h"
#include "vocabulary/fingerprint.h"

namespace pushguard {

enum class Origin : uint8_t {
  introduced,   // new on this server by this place
  carried,      // a parent in the same push has it at the same place
  preexisting,  // the server's own version of the file has it
};
std::string_view to_string(Origin);

struct Place {
  enum class Kind : uint8_t { file, file_name, commit, tag, object, ref_name, push_option };

  Kind kind = Kind::object;
  Origin origin = Origin::introduced;
  Oid object;                   // the object that holds the secret
  Oid commit;                   // size 0 where none is known
  std::string path;             // of the file, or of the directory of a file name
  size_t line = 0, column = 0;  // from 1; 0 where there are no lines
  std::string author, subject;  // of the commit
  std::string ref;              // "" when no pushed ref reaches it
  bool at_tip = false;          // the commit is the tip of `ref`
  bool root = false;            // the commit has no parent
  std::string entry;            // the file in the archive that the object is, or ""
  std::string encoding;         // that the secret is written in there, or ""
};
std::string_view to_string(Place::Kind);

struct Partner;

struct Exposure {
  const Rule* rule = nullptr;
  Confidence confidence = Confidence::possible;
  std::string note;
  Secret secret;
  Origin origin = Origin::introduced;  // of the whole: introduced or preexisting
  std::vector<Place> places;           // parents before children; never empty
  uint64_t allowlists_by_place = 0;    // as in Match, where it is so for every finding
  std::string_view example;            // the template that it is, in an environment file; or ""
  std::string approved_in;             // the approved template file that has it; or ""
  std::vector<Partner> partners;
  std::vector<Secret> written;  // in encodings, as it stands in its places; each once
};

// What a secret is used together with, told beside it.
struct Partner {
  Exposure exposure;        // as it was by itself; without partners
  Fingerprint fingerprint;  // "" until there is a key
};

// Tells the exposure by the surest of its findings, which are of one secret.
void add_finding(Exposure& exposure, const Finding& finding);

struct Attribution {
  std::vector<Exposure> exposures;
  uint64_t already_stored = 0;       // findings in objects that the server had before
  bool merges = false;               // the push brings merge commits
  std::vector<Unscanned> unscanned;  // out of time: places may be missing
};

struct History {
  ObjectStore& pushed;     // the quarantine and all that the server has
  ObjectStore& stored;     // only what the server had before
  const PushGraph& graph;  // of what the findings stand in
};

// `scanner` looks at the server's own versions of changed files.
Attribution attribute(std::vector<Finding> findings, const Push& push, const History& history,
                      Scanner& scanner, const Limits& limits);

}  // namespace pushguard
