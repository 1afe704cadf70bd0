// SPDX-License-Identifier: Apache-2.0
// Remembers from run to run which objects have no findings under the same rules: the next run
// leaves them out.
//
// What has a finding, was not looked at, or names a file that is scanned for its name is not
// clean: it is simply scanned again, so no secret is ever kept here. There is a file for each
// object directory, so that those who borrow from one share it.
//
//   128 bytes: "pushguard clean objects 1 RULES HASH-SIZE", filled up with blanks and a line feed
//   then the ids, ascending, HASH-SIZE bytes each
//
// Rejected: to remember packs by name (git packs everything anew, and nothing of it is new).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "objects/mapped_file.h"
#include "objects/object_storage.h"
#include "vocabulary/descriptor.h"

namespace pushguard {

class CleanObjects {
 public:
  // `state` is a directory for such files; `directories` are the object directories of one
  // repository, its own first. `rules` is a digest in hex of all that decides what is found. Waits
  // until no other process has any of these directories.
  CleanObjects(const std::filesystem::path& state,
               const std::vector<std::filesystem::path>& directories, size_t hash_size,
               const std::string& rules);

  bool empty() const;
  // May be called by several threads.
  bool contains(const Oid& id) const;
  // Writes what `storage` has but for `unclean`. Throws Error; what was there then remains.
  void write(const ObjectStorage& storage, const OidSet& unclean) const;

 private:
  struct File {
    std::filesystem::path path;
    Descriptor lock;
    std::unique_ptr<MappedFile> mapped;  // null: it is missing, or not of these rules
    std::span<const uint8_t> ids;
  };

  std::string header() const;
  bool is_in(std::span<const uint8_t> ids, const Oid& id) const;

  const size_t hash_size_;
  const std::string rules_;
  std::vector<File> files_;  // in the order of the directories
};

}  // namespace pushguard
