// SPDX-License-Identifier: Apache-2.0
// SHA-256 object stores through one `git cat-file --batch-command` process.
//
// git ends itself at the first object that is damaged; then another process goes
// on with the rest.
#pragma once

#include "history/git_process.h"
#include "history/object_store.h"

namespace pushguard {

class CatFileStore : public ObjectStore {
 public:
  CatFileStore(const std::vector<std::filesystem::path>& directories,
               const std::filesystem::path& git_dir);

  std::optional<StoredObject> read(const Oid& id) override;
  std::optional<StoredHeader> header(const Oid& id) override;
  bool contains(const Oid& id) override;

 private:
  void start();
  // What git answers to `question`; nothing when git ends over the object.
  // Throws Error when git does not answer about any object.
  template <typename Answer>
  std::optional<Answer> unless_it_ends(std::optional<Answer> (CatFileStore::*question)(const Oid&),
                                       const Oid& id);
  std::optional<StoredObject> ask_content(const Oid& id);
  std::optional<StoredHeader> ask_header(const Oid& id);
  // The answer's first line; nothing when git says that there is no such object.
  std::optional<StoredHeader> ask(std::string_view command, const Oid& id);
  std::string read_line();
  std::string read_bytes(size_t count);
  void fill();

  std::vector<std::string> environment_;
  std::optional<GitProcess> git_;
  std::string buffer_;
  size_t used_ = 0;
};

}  // namespace pushguard
