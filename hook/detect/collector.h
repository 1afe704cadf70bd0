// SPDX-License-Identifier: Apache-2.0
// The visitor that scans the objects of a walk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "detect/content_scanner.h"
#include "detect/finding.h"
#include "detect/tree_names.h"
#include "objects/coverage.h"
#include "objects/object.h"
#include "objects/unscanned_list.h"

namespace pushguard {

// The secrets of findings that are not kept: they are still masked in every text.
struct DroppedSecrets {
  static constexpr size_t kMostBytes = size_t{8} << 20;

  void add(const Secret& secret);

  std::vector<Secret> secrets;
  size_t bytes = 0;
  bool all = true;  // false: there were more than kMostBytes, and some are missing
};

// What the collectors of one or several threads have found.
struct Collected {
  // At most this many findings of a push are kept; the rest counts as Unscanned.
  static constexpr size_t kMostFindings = 10000;

  std::vector<Finding> findings;
  size_t most_findings = kMostFindings;
  DroppedSecrets dropped;
  UnscannedList unscanned;
  NamedFiles named_files;
  static constexpr size_t kMostCommits = 64;
  std::vector<Oid> commits;  // more than kMostCommits: not all
  Coverage coverage;
  // If asked for: the objects that have findings, that name files which are scanned once more, or
  // that were not looked at to their end. All others need not be scanned again.
  bool notes_unclean = false;
  OidSet unclean;
  uint64_t failed_checks = 0;  // values in the form of a token whose checksum is wrong

  // Moves everything from `other`; findings are ordered as in the push.
  void merge(Collected& other);
  void drop_overflow();

 private:
  bool overflowed_ = false;
};

class Collector : public ObjectVisitor {
 public:
  Collector(Scanner& scanner, const FileNameRules& names, const Limits& limits)
      : scanner_(scanner), contents_(scanner, limits), names_(scanner, names) {}

  // Keeps and notes what `other` does.
  void keep_as(const Collected& other);

  void object(const Object& object) override;
  void unscanned(Unscanned what) override;

  // Must be called when all objects were visited.
  Collected& finish();
  const Collected& collected() const { return collected_; }

 private:
  void note_unclean(const Oid& id);
  void note_rules_unscanned(const Object& part);
  void tell_rules_unscanned();
  // `cut_off` is as in ContentScanner.
  void count(const Object& object, const std::optional<Cause>& cut_off);
  void count_large();

  Scanner& scanner_;
  ContentScanner contents_;
  TreeNames names_;
  Collected collected_;
  std::vector<const Rule*> unscanned_rules_;  // of the blob that arrived last in parts
  Unscanned of_rules_;
  // The blob that arrives in parts: counted once it is known that no more follows.
  struct Large {
    Oid id;
    uint64_t size = 0;
    std::optional<Cause> cause;
  };
  std::optional<Large> large_;
};

}  // namespace pushguard
