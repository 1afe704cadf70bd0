// Objects -> findings: the visitor that scans what the walk brings.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "detect/content_scanner.h"
#include "detect/finding.h"
#include "detect/named_files.h"
#include "objects/object.h"

namespace pushguard {

struct ObjectCounts {
  uint64_t commits = 0, trees = 0, blobs = 0, tags = 0;
  uint64_t bytes = 0;  // rebuilt
  uint64_t failed_checks = 0;  // values in a token's form that its own checksum denies
};

class Collector : public ObjectVisitor {
 public:
  // More findings than this are not kept; that is itself unscanned.
  static constexpr size_t kMostFindings = 10000;

  Collector(Scanner& scanner, const FileNames& names, const Limits& limits)
      : scanner_(scanner), contents_(scanner, limits), names_(names) {}

  void object(const Object& object) override;
  void unscanned(Unscanned what) override { unscanned_.push_back(std::move(what)); }

  // Takes what another thread's collector has; in the order of the push.
  void merge(Collector& other);

  std::vector<Finding>& findings() { return findings_; }
  std::vector<Unscanned>& unscanned() { return unscanned_; }
  // Blobs that the push's trees name anew by a name that tells what they are.
  const std::unordered_set<Oid, OidHash>& named_files() const { return named_files_; }
  const ObjectCounts& counts() const { return counts_; }

 private:
  void tell_cut_short(const Object& part);
  void drop_overflow();

  Scanner& scanner_;
  ContentScanner contents_;
  const FileNames& names_;
  std::vector<Finding> findings_;
  std::vector<Unscanned> unscanned_;
  std::unordered_set<Oid, OidHash> named_files_;
  ObjectCounts counts_;
  std::vector<const Rule*> cut_short_;  // of the blob that arrives in parts
  size_t cut_short_gap_ = 0;            // where unscanned_ tells of them
  bool overflowed_ = false;
};

}  // namespace pushguard
