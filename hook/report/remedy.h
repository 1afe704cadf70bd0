// SPDX-License-Identifier: Apache-2.0
// The steps that take the secrets out of this push, for people and for programs.
//
// Followed to the letter they end with all refs pushed that were asked for, and no other; with
// nothing lost that was not committed yet, and nothing of it published. The hook does not know the
// clone: the name of the remote, the refspec, what is checked out. So no step names them: the
// steps are for the branch that was pushed to a ref, and the last one is to push again in the same
// way. Rejected: a closing `git push` (it goes to the upstream of what is checked out).
#pragma once

#include <string>
#include <vector>

#include "history/rewrite.h"
#include "report/redaction.h"

namespace pushguard {

struct Step {
  enum class Kind : uint8_t {
    say,   // `text` is for a person
    edit,  // take the secrets out of `files`, as `text` says
    run,   // `text` is a command, of the words in `words`
    push,  // push again as before; `text` says so
  };
  Kind kind = Kind::say;
  std::string text;
  std::vector<std::string> words;
  std::vector<std::string> files;  // from the top of the work tree
};
std::string_view to_string(Step::Kind);

// What a refused developer can do.
struct WaysOut {
  std::vector<Step> steps;
  bool exceptions = false;  // the site grants some, and git takes push options
};

// The steps in order, for the blocked exposures only. Commands name a commit by the first 12
// digits of its id.
std::vector<Step> remedy(const Redacted<Decision>& decision, const Redacted<Push>& push,
                         const std::vector<Rewrite>& rewrites);

}  // namespace pushguard
