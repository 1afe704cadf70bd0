// SPDX-License-Identifier: Apache-2.0
// Objects by id, read-only: the interface between history and what stores them.
//
// Two implementations with one set of tests, because libgit2 1.5 reads SHA-1
// stores only (and sees no loose objects in SHA-256 ones, without an error).
// Neither applies replace refs or grafts, nor fetches what is missing.
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
  // Nothing where the object is missing or damaged. Throws Error when the
  // store itself does not answer.
  virtual std::optional<StoredObject> read(const Oid& id) = 0;
  // As read(), without the content, which is not rebuilt.
  virtual std::optional<StoredHeader> header(const Oid& id) = 0;
  virtual bool contains(const Oid& id) = 0;
};

// `directories` are object directories, nearest first, with nothing followed
// from them; `hash_size` is 20 or 32; `git_dir` is the repository's.
std::unique_ptr<ObjectStore> open_object_store(
    const std::vector<std::filesystem::path>& directories, size_t hash_size,
    const std::filesystem::path& git_dir);

}  // namespace pushguard
