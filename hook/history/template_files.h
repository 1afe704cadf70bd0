// SPDX-License-Identifier: Apache-2.0
// The values in the repository's approved template files.
//
// Such a file holds placeholders, which are no findings, and weak values. It approves no other:
// who writes it is whoever pushes, and what is found in it by its context alone can be put there
// without. The site's own [[template]] entries name the rest. The files are read from the default
// branch as the server has it before the push, so a push never approves itself. They are read only
// when there are findings. Rejected: reading refs ourselves (packed-refs, reftable and worktrees
// are git's business); the branch that is pushed to (anyone may create one).
#pragma once

#include <optional>
#include <span>
#include <string>

#include "history/exposure.h"
#include "history/object_store.h"
#include "objects/limits.h"

namespace pushguard {

// The commit that HEAD of `git_dir` names, without any quarantine. Nothing when the branch is
// unborn. Throws Error when git cannot be run.
std::optional<Oid> default_branch(const std::filesystem::path& git_dir);

// Sets `approved_in` of each exposure, and of each partner, whose secret is a whole value in a
// file of `commit` that one of `globs` matches (matches_path_glob()). Skips what is more than
// `possible`, and a secret that is also in an environment file, where a template's value does not
// belong. Reads from `stored`, the server's objects without the quarantine, until time runs out.
void approve(std::vector<Exposure>& exposures, const Oid& commit,
             std::span<const std::string> globs, ObjectStore& stored, const Limits& limits);

}  // namespace pushguard
