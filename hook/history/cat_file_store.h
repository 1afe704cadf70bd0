// SHA-256 object stores through one `git cat-file --batch-command` process.
#pragma once

#include <sys/types.h>

#include "history/object_store.h"

namespace pushguard {

class CatFileStore : public ObjectStore {
 public:
  CatFileStore(const std::vector<std::filesystem::path>& directories,
               const std::filesystem::path& git_dir);
  ~CatFileStore() override;
  CatFileStore(const CatFileStore&) = delete;
  CatFileStore& operator=(const CatFileStore&) = delete;

  std::optional<StoredObject> read(const Oid& id) override;
  bool contains(const Oid& id) override;

 private:
  // The answer's first line; nothing when git says that there is no such object.
  struct Header {
    ObjectType type;
    size_t size;
  };
  std::optional<Header> ask(std::string_view command, const Oid& id);
  std::string read_line();
  std::string read_bytes(size_t count);
  void fill();

  pid_t process_ = -1;
  int to_git_ = -1, from_git_ = -1;
  std::string buffer_;
  size_t used_ = 0;
};

}  // namespace pushguard
