// SPDX-License-Identifier: Apache-2.0
// The steps that take the secrets out of the commits of one pushed branch.
//
// A secret in the newest commit only is amended. One that a later commit removed is gone when the
// commits between are made one. One that still stands where an older commit put it is taken out by
// a commit that git folds into that one; where the same lines were changed since, all commits from
// that one on become one. None of these stops at a conflict, since no commit is applied to files
// that it was not made for. Where that cannot be (merges, a long history) git filter-repo does it.
#pragma once

#include <vector>

#include "report/remedy.h"

namespace pushguard {

// What is wrong with one commit.
struct CommitEdit {
  Oid commit;
  bool files = false, names = false, message = false, header = false;
  bool introduces = false;  // else its parent has it as well
  bool root = false, merge = false, at_tip = false;
  size_t order = 0;                // as Place::commit_order
  bool in_tip = true;              // of each file, the version
  std::vector<std::string> paths;  // of files, each once; as it was redacted
};

struct BranchEdits {
  std::vector<CommitEdit> commits;  // parents before children; never empty
  const Rewrite* rewrite = nullptr;
  Oid stored;                             // the server's tip of it; of size 0: none
  std::string name;                       // of the branch as it was pushed: "main", "refs/for/main"
  bool can_filter = false;                // git filter-repo can read the repository
  bool archive = false, example = false;  // where the secrets are, or all of what they are
};

std::vector<Step> branch_remedy(const BranchEdits& edits);

// What HEAD, once those steps are done, has in the place of the branch's commit `commit`:
// "HEAD~2". Nothing if that is not known.
std::optional<std::string> new_name(const BranchEdits& edits, const Oid& commit);

}  // namespace pushguard
