// SPDX-License-Identifier: Apache-2.0
#include "history/odb_store.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <unistd.h>

#include <fmt/format.h>

#include "objects/loose.h"
#include "vocabulary/error.h"

// The variables that git_libgit2_opts() sets; calling it would link all of libgit2's network
// code. The version of libgit2 is pinned (install/libgit2.sh).
extern "C" {
extern bool git_odb__strict_hash_verification;
extern ssize_t git_cache__max_storage;
}

namespace pushguard {
namespace {

void check(int result, std::string_view what) {
  if (result >= 0) return;
  const git_error* error = git_error_last();
  throw Error(fmt::format("{}: {}", what, error ? error->message : "unknown libgit2 error"));
}

git_oid to_git(const Oid& id) {
  git_oid oid;
  git_oid_fromraw(&oid, id.bytes.data());
  return oid;
}

// Nothing for a damaged file: a pack may have the object as well.
std::optional<LooseObject> loose(const std::filesystem::path& file, bool with_content) {
  try {
    return read_loose(file, with_content);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

OdbStore::OdbStore(const std::vector<std::filesystem::path>& directories)
    : directories_(directories) {
  check(git_libgit2_init(), "cannot start libgit2");
  // Ids are not verified again: git did that when it received the objects.
  git_odb__strict_hash_verification = false;
  // TreeCache keeps trees; libgit2's own limit for its cache is 256 MB.
  git_cache__max_storage = ssize_t{1} << 20;
  check(git_odb_new(&odb_), "cannot open the object store");
  int priority = 1000;
  for (const auto& directory : directories) {
    if (!std::filesystem::is_directory(directory / "pack")) continue;
    git_odb_backend* backend = nullptr;
    check(git_odb_backend_pack(&backend, directory.c_str()), directory.native());
    check(git_odb_add_backend(odb_, backend, priority--), directory.native());
  }
}

OdbStore::~OdbStore() {
  git_odb_free(odb_);
  git_libgit2_shutdown();
}

std::optional<std::filesystem::path> OdbStore::loose_file(const Oid& id) const {
  const std::string name = id.hex();
  for (const auto& directory : directories_) {
    auto file = directory / name.substr(0, 2) / name.substr(2);
    if (access(file.c_str(), F_OK) == 0) return file;
  }
  return std::nullopt;
}

// A pack may have been replaced since it was opened, so packs are listed again for what they do
// not have; but not for each of the ids that a pusher makes up.
bool OdbStore::is_packed(const git_oid& id) {
  if (git_odb_exists_ext(odb_, &id, GIT_ODB_LOOKUP_NO_REFRESH) == 1) return true;
  if (refreshes_left_ == 0) return false;
  --refreshes_left_;
  return git_odb_exists(odb_, &id) == 1;
}

std::optional<StoredObject> OdbStore::read(const Oid& id) {
  if (const auto file = loose_file(id)) {
    if (auto object = loose(*file, true))
      return StoredObject{object->type, std::move(object->content)};
  }
  const git_oid oid = to_git(id);
  git_odb_object* object = nullptr;
  if (!is_packed(oid) || git_odb_read(&object, odb_, &oid) < 0) return std::nullopt;
  StoredObject stored{static_cast<ObjectType>(git_odb_object_type(object)),
                      std::string(static_cast<const char*>(git_odb_object_data(object)),
                                  git_odb_object_size(object))};
  git_odb_object_free(object);
  return stored;
}

std::optional<StoredHeader> OdbStore::header(const Oid& id) {
  if (const auto file = loose_file(id)) {
    if (const auto object = loose(*file, false)) return StoredHeader{object->type, object->size};
  }
  const git_oid oid = to_git(id);
  size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (!is_packed(oid) || git_odb_read_header(&size, &type, odb_, &oid) < 0) return std::nullopt;
  return StoredHeader{static_cast<ObjectType>(type), size};
}

bool OdbStore::contains(const Oid& id) {
  if (loose_file(id)) return true;
  const git_oid oid = to_git(id);
  return git_odb_exists_ext(odb_, &oid, GIT_ODB_LOOKUP_NO_REFRESH) == 1;
}

}  // namespace pushguard
