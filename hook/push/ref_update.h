// SPDX-License-Identifier: Apache-2.0
// What git writes to a pre-receive hook's standard input: one line for each ref.
// Format: githooks(5), "pre-receive".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/oid.h"

namespace pushguard {

struct RefUpdate {
  Oid old_id;  // null: the ref is created
  Oid new_id;  // null: the ref is deleted
  std::string ref;

  bool creates() const { return old_id.is_null(); }
  bool deletes() const { return new_id.is_null(); }
};

// Throws Error, naming the line, when a line is not `<old> <new> <ref>`, when
// ids are of two sizes, or when there is no line at all: a hook that was handed
// nothing (another hook read it first) must not call that a clean push.
std::vector<RefUpdate> parse_ref_updates(std::string_view input);

}  // namespace pushguard
