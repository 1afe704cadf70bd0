// SPDX-License-Identifier: Apache-2.0
// Values that stand in the repository's approved template files.
//
// The files are those of the default branch as the server already has it: what
// a push brings never approves itself. Looked at only for findings.
// Rejected: reading refs ourselves (packed-refs, reftable and worktrees are
// git's business), the branch that is pushed to (anyone may make one).
#pragma once

#include <optional>
#include <span>
#include <string>

#include "history/exposure.h"
#include "history/object_store.h"
#include "objects/limits.h"

namespace pushguard {

// The commit that HEAD of `git_dir` names, outside of any quarantine. Nothing
// where that branch is not born. Throws Error when git cannot be run.
std::optional<Oid> default_branch(const std::filesystem::path& git_dir);

// Sets `approved_in` of each exposure, and of each partner, whose secret stands, between characters
// that are no part of a value, in a file of `commit` that one of `globs`
// names (matches_path_glob). Not where it also stands in an environment file:
// a template's value does not belong there. Trees are read from `stored`, the
// server's objects without the quarantine, until the time is up.
void approve(std::vector<Exposure>& exposures, const Oid& commit,
             std::span<const std::string> globs, ObjectStore& stored, const Limits& limits);

}  // namespace pushguard
