// SPDX-License-Identifier: Apache-2.0
// Which finding to look at first, and the sentence that says why.
//
// It goes by what the holder can do, how sure the finding is, how long the credential lives, and
// who may read the repository. Rejected: a number (nobody can say what 7.3 means), and scores that
// count findings (a secret in a hundred places is one secret to revoke).
#pragma once

#include <string>

#include "history/exposure.h"

namespace pushguard {

enum class Priority : uint8_t { low, medium, high, critical };
std::string_view to_string(Priority);

struct Rating {
  Priority priority = Priority::low;
  std::string why;  // "very likely a secret; whoever holds it can read what it opens, until ..."
};

// `is_public`: everybody may read the repository.
Rating rate(const Exposure& exposure, bool is_public);

}  // namespace pushguard
