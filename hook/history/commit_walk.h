// The push's own commits, parents before children, each with the ref that
// reaches it. Commits that no ref reaches come last: they are stored too.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "history/commit.h"
#include "history/object_store.h"
#include "push/ref_update.h"

namespace pushguard {

struct NewCommit {
  Oid id;
  Commit commit;
  std::string ref;  // "" when no pushed ref reaches it
  bool at_tip = false;
};

// What a ref update names that is not a commit.
struct NamedObject {
  Oid id;
  ObjectType type = ObjectType::unknown;  // tag, tree or blob
  std::string ref;
};

struct CommitWalk {
  std::vector<NewCommit> commits;
  std::vector<NamedObject> named;
};

CommitWalk walk_commits(const std::vector<RefUpdate>& updates, ObjectStore& store,
                        const std::unordered_set<Oid, OidHash>& commits);

}  // namespace pushguard
