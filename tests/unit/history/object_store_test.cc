// SPDX-License-Identifier: Apache-2.0
// The same tests for both stores: libgit2 for SHA-1, git cat-file for SHA-256.
#include "history/object_store.h"

#include <catch2/catch.hpp>

#include "support/git.h"

namespace pushguard::test {
namespace {

namespace fs = std::filesystem;

struct Repository {
  explicit Repository(const std::string& format) {
    git(root(), "init -q -b main --object-format=" + format + " .");
    write_file(root() / "a.txt", "hello\n");
    git(root(), "add -A");
    git(root(), "commit -q -m Add");
  }

  fs::path root() const { return scratch.path(); }
  fs::path objects() const { return root() / ".git/objects"; }
  Oid id(const std::string& name) const {
    const std::string hex = git(root(), "rev-parse " + name);
    return *Oid::from_hex(std::string_view(hex).substr(0, hex.size() - 1));
  }
  fs::path loose(const Oid& id) const {
    return objects() / id.hex().substr(0, 2) / id.hex().substr(2);
  }
  std::unique_ptr<ObjectStore> store(const std::vector<fs::path>& more = {}) const {
    std::vector<fs::path> directories{objects()};
    directories.insert(directories.end(), more.begin(), more.end());
    return open_object_store(directories, id("HEAD").size, root() / ".git");
  }

  ScratchDirectory scratch;
};

}  // namespace

TEST_CASE("objects are read as they are, loose and packed") {
  const Repository repository(GENERATE("sha1", "sha256"));
  const bool packed = GENERATE(false, true);
  if (packed) git(repository.root(), "repack -q -a -d");
  const auto store = repository.store();
  for (const auto& [id, object] : all_objects(repository.root())) {
    CHECK(store->contains(id));
    const auto header = store->header(id);
    REQUIRE(header);
    CHECK(to_string(header->type) == object.type);
    CHECK(header->size == object.content.size());
    const auto read = store->read(id);
    REQUIRE(read);
    CHECK(to_string(read->type) == object.type);
    CHECK(read->content == object.content);
  }
}

TEST_CASE("what is not there is nothing, and the store answers on") {
  const Repository repository(GENERATE("sha1", "sha256"));
  const auto store = repository.store();
  Oid missing = repository.id("HEAD");
  missing.bytes[0] ^= 1;
  CHECK_FALSE(store->contains(missing));
  CHECK_FALSE(store->read(missing));
  CHECK_FALSE(store->header(missing));
  CHECK(store->read(repository.id("HEAD")));
}

TEST_CASE("only the given directories are searched, in order") {
  const std::string format = GENERATE("sha1", "sha256");
  const Repository here(format), there(format);
  write_file(there.root() / "b.txt", "other\n");
  git(there.root(), "add -A");
  git(there.root(), "commit -q -m Other");
  const Oid other = there.id("HEAD:b.txt");
  CHECK_FALSE(here.store()->contains(other));
  CHECK(here.store({there.objects()})->contains(other));
}

TEST_CASE("a replace ref is not followed") {
  const Repository repository(GENERATE("sha1", "sha256"));
  const Oid id = repository.id("HEAD:a.txt");
  const std::string other = git(repository.root(), "hash-object -w --stdin", "replaced\n");
  git(repository.root(), "replace " + id.hex() + " " + other.substr(0, other.size() - 1));
  REQUIRE(git(repository.root(), "cat-file -p " + id.hex()) == "replaced\n");
  CHECK(repository.store()->read(id)->content == "hello\n");
}

TEST_CASE("a damaged object is nothing") {
  const Repository repository(GENERATE("sha1", "sha256"));
  const Oid id = repository.id("HEAD:a.txt");
  fs::permissions(repository.loose(id), fs::perms::owner_write, fs::perm_options::add);
  if (GENERATE(true, false)) {
    write_file(repository.loose(id), "no zlib stream");
  } else {
    fs::resize_file(repository.loose(id), 9);  // cuts the zlib stream off
  }
  const auto store = repository.store();
  CHECK_FALSE(store->read(id));
  CHECK(store->read(repository.id("HEAD")));
}

TEST_CASE("an object of several reads' size comes whole") {
  const Repository repository(GENERATE("sha1", "sha256"));
  std::string large;
  for (int i = 0; large.size() < 300000; ++i) large += std::to_string(i) + "\n";
  const std::string hex = git(repository.root(), "hash-object -w --stdin", large);
  const auto store = repository.store();
  const Oid id = *Oid::from_hex(std::string_view(hex).substr(0, hex.size() - 1));
  CHECK(store->read(id)->content == large);
  CHECK(store->read(repository.id("HEAD:a.txt"))->content == "hello\n");
}

}  // namespace pushguard::test
