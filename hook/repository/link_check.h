// SPDX-License-Identifier: Apache-2.0
// Finds objects that a repository names and does not have: nobody can say what was in them.
//
// Of each object that is passed on, the ids that are new in it are looked up: of a delta of a
// tree, those of its fresh entries. Rejected: `git fsck --connectivity-only` (it reads all commits
// and trees once more, and stops at the first damaged one).
#pragma once

#include <mutex>

#include "history/oid_table.h"
#include "objects/object_storage.h"

namespace pushguard {

// The ids that were missed so far; shared by the checks of several threads.
class MissingObjects {
 public:
  // `shallow` are commits whose parents may be missing; `detail` is that of each Unscanned.
  MissingObjects(const ObjectStorage& storage, size_t hash_size, const OidSet& shallow,
                 std::string detail)
      : storage_(storage), missing_(hash_size), shallow_(shallow), detail_(std::move(detail)) {}

  // Passes `id` to `visitor` as Unscanned when it is missing, and was not passed before.
  void look_up(const Oid& id, ObjectType type, ObjectVisitor& visitor);
  bool is_shallow(const Oid& commit) const { return shallow_.contains(commit); }

 private:
  static constexpr uint32_t kMost = 1 << 20;  // further ones are not told

  const ObjectStorage& storage_;
  std::mutex lock_;
  OidTable missing_;
  const OidSet& shallow_;
  const std::string detail_;
};

// Passes all to `next`, and what is missing as Unscanned.
class LinkCheck : public ObjectVisitor {
 public:
  LinkCheck(MissingObjects& missing, ObjectVisitor& next) : missing_(missing), next_(next) {}

  void object(const Object& object) override;
  void unscanned(Unscanned what) override { next_.unscanned(std::move(what)); }

 private:
  void check_tree(const Object& tree);

  MissingObjects& missing_;
  ObjectVisitor& next_;
};

}  // namespace pushguard
