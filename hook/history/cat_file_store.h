// SPDX-License-Identifier: Apache-2.0
// SHA-256 object stores through one `git cat-file --batch-command` process.
//
// git exits at the first damaged object; a new process is then started for the next one.
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
  // The answer to `question` about `id`; nothing when git exits because of that object.
  // Throws Error when git answers about no object at all.
  template <typename Answer>
  std::optional<Answer> unless_it_ends(std::optional<Answer> (CatFileStore::*question)(const Oid&),
                                       const Oid& id);
  std::optional<StoredObject> ask_content(const Oid& id);
  std::optional<StoredHeader> ask_header(const Oid& id);
  // Parses the first line of the answer; nothing when git says that the object is missing.
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
