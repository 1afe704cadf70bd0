// SPDX-License-Identifier: Apache-2.0
// SHA-1 object stores through libgit2's object database.
//
// Each directory is opened by path, with a pack backend of its own. Rejected: opening the
// repository (libgit2 would read its refs, configuration and owner); libgit2's alternates (it
// identifies them by inode number only, even across devices); libgit2's loose backend
// (version 1.5 hangs on a truncated file).
#pragma once

#include "history/object_store.h"

struct git_odb;
struct git_oid;

namespace pushguard {

class OdbStore : public ObjectStore {
 public:
  explicit OdbStore(const std::vector<std::filesystem::path>& directories);
  ~OdbStore() override;
  OdbStore(const OdbStore&) = delete;
  OdbStore& operator=(const OdbStore&) = delete;

  std::optional<StoredObject> read(const Oid& id) override;
  std::optional<StoredHeader> header(const Oid& id) override;
  bool contains(const Oid& id) override;

 private:
  // The path of a loose object, in the nearest directory that has it.
  std::optional<std::filesystem::path> loose_file(const Oid& id) const;
  bool is_packed(const git_oid& id);

  std::vector<std::filesystem::path> directories_;
  git_odb* odb_ = nullptr;
  int refreshes_left_ = 16;
};

}  // namespace pushguard
