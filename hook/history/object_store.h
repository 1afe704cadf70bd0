// SPDX-License-Identifier: Apache-2.0
// Reads objects by id: the interface between history and the object database.
//
// There are two implementations with one set of tests, because libgit2 1.5 reads only SHA-1
// stores (in a SHA-256 store it sees no loose objects, and reports no error). Neither applies
// replace refs or grafts, nor fetches missing objects.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "objects/object.h"

namespace pushguard {

struct StoredObject {
  ObjectType type = ObjectType::unknown;
  std::string content;
};

struct StoredHeader {
  ObjectType type = ObjectType::unknown;
  uint64_t size = 0;  // of the content, in bytes
};

class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  // Returns nothing when the object is missing or damaged. Throws Error when the store
  // itself fails.
  virtual std::optional<StoredObject> read(const Oid& id) = 0;
  // As read(), but does not rebuild the content.
  virtual std::optional<StoredHeader> header(const Oid& id) = 0;
  virtual bool contains(const Oid& id) = 0;
};

// `directories` are object directories, nearest first; their alternates are not followed.
// `hash_size` is 20 or 32; `git_dir` is that of the repository.
std::unique_ptr<ObjectStore> open_object_store(
    const std::vector<std::filesystem::path>& directories, size_t hash_size,
    const std::filesystem::path& git_dir);

}  // namespace pushguard
