// SPDX-License-Identifier: Apache-2.0
// A repository that is scanned as it is stored: where its objects are, and which refs it has.
//
// A push is what one push brings; here the refs make one push of all that is stored, so that
// history/ places findings as it does for the hook. git is asked for the refs and the kind of
// hash, with GIT_DIR set: it then runs nothing that the repository configures, and does not mind
// whose it is. Rejected: reading refs ourselves (reftable is git's business).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "objects/object.h"
#include "push/push.h"

namespace pushguard {

struct Repository {
  std::string shown;  // as it was named
  std::vector<std::filesystem::path>
      directories;  // of objects: its own, then those it borrows from
  size_t hash_size = 20;
  // A ref that is created for each that it has: the default branch first, then by name. A detached
  // HEAD counts as one.
  Push all;
  OidSet shallow;                    // commits whose parents it does not have, on purpose
  bool is_partial = false;           // objects may be missing on purpose
  std::vector<Unscanned> unscanned;  // what could not be asked
};

// `directory` is a repository, or a work tree of one. Throws Error when it is neither, or git does
// not take it for one.
Repository open_repository(const std::string& directory);

}  // namespace pushguard
