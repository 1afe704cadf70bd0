// SPDX-License-Identifier: Apache-2.0
// What earlier pushes let in because of where it was: where this push gives it another place, it
// is scanned and ruled as if it were new; and what this push lets in so.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "audit/let_in.h"
#include "detect/collector.h"
#include "history/attribution.h"
#include "history/object_store.h"
#include "history/push_graph.h"
#include "objects/limits.h"
#include "policy/decision.h"
#include "push/push.h"

namespace pushguard {

class LetInList {
 public:
  // Reads the list in the audit directory. Without one, which is usual, nothing else happens.
  explicit LetInList(const std::filesystem::path& directory);

  bool empty() const { return objects_.empty(); }
  OidSet objects() const;
  // Whether all of `object` is to be ruled anew.
  bool is_unread(const Oid& object) const { return unread_.contains(object); }
  // Whether `secret` was let in anywhere, in `object`, and in `object` at `path`.
  bool knows(const Secret& secret) const;
  bool knows(const Oid& object, const Secret& secret) const;
  bool knows(const Oid& object, const Secret& secret, const std::string& path) const;

 private:
  SiteKey key_{};
  std::map<Oid, std::set<std::pair<Fingerprint, Fingerprint>>> objects_;  // secrets and paths
  std::set<Fingerprint> secrets_;
  OidSet unread_;
};

// Adds to `seen` the known secrets in those objects of `list` to which the push gives a place.
// `list` must outlive the result.
LetInBefore scan_returned(const LetInList& list, const Push& push, const PushGraph& graph,
                          ObjectStore& objects, Scanner& scanner, const Limits& limits,
                          Collected& seen);

// The certificate of a push that was not read to its end, or has secrets and is refused: git
// keeps it. The push must have one.
LetIn unread_certificate(const Push& push, const std::filesystem::path& directory);

// What is to be remembered of this push: what it lets in because of where it is, and its
// certificate.
std::vector<LetIn> let_in_by(const Decision& decision, const std::filesystem::path& directory,
                             const Push& push);

}  // namespace pushguard
