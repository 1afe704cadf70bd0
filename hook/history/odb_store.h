// SPDX-License-Identifier: Apache-2.0
// SHA-1 object stores through libgit2's object database.
//
// Opened by path, one pack backend a directory: never through the repository
// (whose refs, config and ownership it would read) and never through libgit2's
// alternates (which it tells apart by inode alone, across devices). Loose objects
// are read by our own code: libgit2 1.5 never ends on a file that is cut short.
#pragma once

#include "history/object_store.h"

struct git_odb;

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
  // The file of a loose object, in the nearest directory that has one.
  std::optional<std::filesystem::path> loose_file(const Oid& id) const;

  std::vector<std::filesystem::path> directories_;
  git_odb* odb_ = nullptr;
};

}  // namespace pushguard
