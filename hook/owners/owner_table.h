// SPDX-License-Identifier: Apache-2.0
// Who is to be told of a secret: the owners of its path, by the repository's CODEOWNERS file and by
// the site's [[owner]] entries.
//
// The file is read from the default branch as the server has it before the push, so whoever pushes
// cannot name somebody else. Owners are for the record: the names of teams are not everybody's.
// Rejected: the last author of the line (people leave; a team stays).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "history/exposure.h"
#include "history/object_store.h"
#include "owners/codeowners.h"

namespace pushguard {

// An [[owner]] entry: for the places at which every condition that is given holds. Globs are those
// of matches_path_glob().
struct SiteOwner {
  std::optional<std::string> repository, path;  // globs
  std::optional<std::string> provider;          // as rules name it
  std::vector<std::string> owners;              // never empty
};

// The host by the variable that named the pusher ("GL_USERNAME"); nothing for others.
std::optional<Codeowners::Dialect> dialect_of(std::string_view pusher_source);

// The file where that host looks for it; where it is not known, the first that there is, in the
// dialect of its directory, or GitHub's. Nothing when `commit` has none, or it is over 3 MB.
std::optional<Codeowners> read_codeowners(const Oid& commit,
                                          std::optional<Codeowners::Dialect> dialect,
                                          ObjectStore& stored);

// Sets `owners` of the places of exposures and partners that have a path, for the first 1,000
// paths. `file` may be null.
void set_owners(std::vector<Exposure>& exposures, const Codeowners* file,
                std::span<const SiteOwner> site, std::string_view repository);

}  // namespace pushguard
