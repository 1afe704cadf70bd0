// SPDX-License-Identifier: Apache-2.0
// A finding: which rule matched, how sure it is, and where.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "detect/encoded_match.h"
#include "objects/object.h"
#include "vocabulary/secret.h"

namespace pushguard {

// Where a finding counts.
enum class FindingKind : uint8_t {
  anywhere,          // by its value, wherever its rule applies
  named_file,        // by a rule about certain files: only in a file that it is about
  promoted_example,  // a template value: only in a real environment file
};

// One match in one object.
struct Finding {
  const Rule* rule = nullptr;
  Confidence confidence = Confidence::possible;
  std::string note;
  Secret secret;
  Secret written;        // the encoded secret in the object; empty when it is not encoded
  std::string encoding;  // of `written`, such as "base64"; or ""
  Oid object;
  ObjectType type = ObjectType::unknown;
  std::string entry;                 // the file in the archive that the object is; "" for none
  size_t line = 0, column = 0;       // from 1, in bytes; 0 in a tree, which has no lines
  uint64_t order = 0;                // of the object in the push
  uint64_t allowlists_by_place = 0;  // as in Match
  FindingKind kind = FindingKind::anywhere;
  bool is_strong = false;              // as in Match
  bool is_spent = false;               // as in Match
  Release since = {};                  // as in Match
  std::string_view example;            // the template that it is; "" for what may be a secret
  std::vector<const Rule*> yields_to;  // as in Match
  std::optional<uint64_t> offset;      // in bytes, from the object's start; where it is binary
};

// Whether `finding` counts in the file at `path`.
bool counts_in_file(const Finding& finding, std::string_view path);

// Turns matches in `object` into findings, with their lines and columns. Binary is what git takes
// for it: content with a NUL in its first 8,000 bytes (buffer_is_binary() in xdiff-interface.c); of
// a large object each part by itself.
std::vector<Finding> findings_in(const std::vector<Match>& matches, const Object& object);

std::vector<Finding> findings_in(const std::vector<EncodedMatch>& matches, const Object& object);

}  // namespace pushguard
