#include "history/odb_store.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include <fmt/format.h>

#include "error.h"

// What git_libgit2_opts() sets; calling that would bring all of libgit2's
// network code into the binary. The version is pinned (install/libgit2.sh).
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

}  // namespace

OdbStore::OdbStore(const std::vector<std::filesystem::path>& directories) {
  check(git_libgit2_init(), "cannot start libgit2");
  // git has checked every id against its object when it took the push.
  git_odb__strict_hash_verification = false;
  // Trees are kept by TreeCache; 256 MB, libgit2's own limit, is far too much.
  git_cache__max_storage = ssize_t{8} << 20;
  check(git_odb_new(&odb_), "cannot open the object store");
  int priority = 1000;
  for (const auto& directory : directories) {
    git_odb_backend* backend = nullptr;
    if (std::filesystem::is_directory(directory / "pack")) {
      check(git_odb_backend_pack(&backend, directory.c_str()), directory.native());
      check(git_odb_add_backend(odb_, backend, priority--), directory.native());
    }
    check(git_odb_backend_loose(&backend, directory.c_str(), -1, 0, 0, 0), directory.native());
    check(git_odb_add_backend(odb_, backend, priority--), directory.native());
  }
}

OdbStore::~OdbStore() {
  git_odb_free(odb_);
  git_libgit2_shutdown();
}

std::optional<StoredObject> OdbStore::read(const Oid& id) {
  const git_oid oid = to_git(id);
  git_odb_object* object = nullptr;
  if (git_odb_read(&object, odb_, &oid) < 0) return std::nullopt;
  StoredObject stored{static_cast<ObjectType>(git_odb_object_type(object)),
                      std::string(static_cast<const char*>(git_odb_object_data(object)),
                                  git_odb_object_size(object))};
  git_odb_object_free(object);
  return stored;
}

bool OdbStore::contains(const Oid& id) {
  const git_oid oid = to_git(id);
  return git_odb_exists_ext(odb_, &oid, GIT_ODB_LOOKUP_NO_REFRESH) == 1;
}

}  // namespace pushguard
