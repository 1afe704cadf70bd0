// SPDX-License-Identifier: Apache-2.0
#include "history/object_store.h"

#include "history/cat_file_store.h"
#include "history/odb_store.h"

namespace pushguard {

std::unique_ptr<ObjectStore> open_object_store(
    const std::vector<std::filesystem::path>& directories, size_t hash_size,
    const std::filesystem::path& git_dir) {
  if (hash_size == 20) return std::make_unique<OdbStore>(directories);
  return std::make_unique<CatFileStore>(directories, git_dir);
}

}  // namespace pushguard
