// Objects -> findings: the visitor that scans what the walk brings.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "detect/encoded_scanner.h"
#include "detect/named_files.h"
#include "detect/scanner.h"
#include "objects/object.h"
#include "secret.h"

namespace pushguard {

// One match in one object.
struct Finding {
  const Rule* rule = nullptr;
  Confidence confidence = Confidence::possible;
  std::string note;
  Secret secret;
  Secret written;        // the secret as it stands in the object; empty: as it is
  std::string encoding;  // of `written`: "base64"; "" as it is
  Oid object;
  ObjectType type = ObjectType::unknown;
  size_t line = 0, column = 0;  // from 1, in bytes; 0 in a tree, which has no lines
  uint64_t order = 0;           // of the object in the push
  uint64_t may_excuse = 0;      // as in Match
  std::string_view example;     // the template that it is; "" for what may be a secret
  bool by_name = false;         // it is one only where the file has such a name
};

struct ObjectCounts {
  uint64_t commits = 0, trees = 0, blobs = 0, tags = 0;
  uint64_t bytes = 0;  // rebuilt
  uint64_t failed_checks = 0;  // values in a token's form that its own checksum denies
};

// Turns matches in `object` into findings, with their lines and columns.
std::vector<Finding> findings_in(const std::vector<Match>& matches, const Object& object);

std::vector<Finding> findings_in(const std::vector<EncodedMatch>& matches, const Object& object);

// What both scanners find in `object`.
std::vector<Finding> all_findings_in(const Object& object, Scanner& scanner,
                                     EncodedScanner& encoded);

class Collector : public ObjectVisitor {
 public:
  // More findings than this are not kept; that is itself unscanned.
  static constexpr size_t kMostFindings = 10000;

  Collector(Scanner& scanner, const FileNames& names, const Limits& limits)
      : scanner_(scanner), encoded_(scanner, limits), names_(names) {}

  void object(const Object& object) override;
  void unscanned(Unscanned what) override { unscanned_.push_back(std::move(what)); }

  // Takes what another thread's collector has; in the order of the push.
  void merge(Collector& other);

  std::vector<Finding>& findings() { return findings_; }
  std::vector<Unscanned>& unscanned() { return unscanned_; }
  const std::unordered_set<Oid, OidHash>& commits() const { return commits_; }
  // Blobs that the push's trees name anew by a name that tells what they are.
  const std::unordered_set<Oid, OidHash>& named_files() const { return named_files_; }
  const ObjectCounts& counts() const { return counts_; }

 private:
  void drop_overflow();

  Scanner& scanner_;
  EncodedScanner encoded_;
  const FileNames& names_;
  std::vector<Finding> findings_;
  std::vector<Unscanned> unscanned_;
  std::unordered_set<Oid, OidHash> commits_;  // the push's own
  std::unordered_set<Oid, OidHash> named_files_;
  ObjectCounts counts_;
  bool overflowed_ = false;
};

}  // namespace pushguard
