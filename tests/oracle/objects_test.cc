// SPDX-License-Identifier: Apache-2.0
// The pack and loose readers against git itself and against libgit2.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <random>

#include "history/object_store.h"
#include "objects/quarantine.h"
#include "support/git.h"

namespace pushguard::test {
namespace {

namespace fs = std::filesystem;

struct Content : Remembered {
  explicit Content(std::string all) : text(std::move(all)) {}
  uint64_t bytes() const override { return text.size(); }
  std::string text;
};

// Checks that the copies of a delta are in its base.
void check_copies(const Object& object) {
  if (!object.base) {
    REQUIRE(object.copies.empty());
    return;
  }
  const std::string& base = static_cast<const Content*>(object.base)->text;
  REQUIRE(object.base_size == base.size());
  size_t end = 0;
  for (const Copy& copy : object.copies) {
    REQUIRE(copy.begin >= end);
    end = copy.end();
    REQUIRE(object.content.substr(copy.begin, copy.size) ==
            std::string_view(base).substr(copy.base, copy.size));
  }
}

class Gatherer : public ObjectVisitor {
 public:
  void object(const Object& object) override {
    const auto [entry, added] = objects.try_emplace(
        object.id, GitObject{std::string(to_string(object.type)), std::string(object.content)});
    if (!added) CHECK(entry->second.content == object.content);
    check_copies(object);
    if (object.remember) *object.remember = std::make_unique<Content>(std::string(object.content));
  }
  void unscanned(Unscanned what) override {
    FAIL("unscanned " << what.id.hex() << ": " << what.detail);
  }

  std::map<Oid, GitObject> objects;
};

// Versions of a few files, each made from the last by edits, so that git finds deltas. Some are
// large enough for deltas of many copies.
std::string random_history(std::mt19937& random) {
  const auto below = [&](size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(random);
  };
  std::vector<std::string> files(1 + below(4));
  std::string stream;
  const size_t commits = 1 + below(12);
  for (size_t commit = 1; commit <= commits; ++commit) {
    stream += "commit refs/heads/main\ncommitter A <a@b> " + std::to_string(1000 + commit) +
              " +0000\ndata 3\nc\n\n";
    for (size_t file = 0; file < files.size(); ++file) {
      std::string& content = files[file];
      if (content.empty()) {
        content.resize(below(3) == 0 ? below(200000) : below(3000));
        for (char& c : content) c = static_cast<char>(below(6) == 0 ? below(256) : 'a' + below(4));
      }
      for (size_t edit = below(4); edit-- > 0 && !content.empty();) {
        const size_t at = below(content.size()), length = below(content.size() - at + 1) / 4;
        if (below(2) == 0)
          content.erase(at, length);
        else
          content.insert(at,
                         content.substr(below(content.size()), length) + std::to_string(commit));
      }
      stream += "M 100644 inline d" + std::to_string(file % 2) + "/f" + std::to_string(file) +
                "\ndata " + std::to_string(content.size()) + "\n" + content + "\n";
    }
  }
  return stream + "tag v1\nfrom refs/heads/main\ntagger A <a@b> 1 +0000\ndata 3\nt\n\n";
}

void compare(const fs::path& repository, size_t hash_size) {
  const auto expected = all_objects(repository);
  REQUIRE(expected.size() > 3);
  Gatherer seen;
  Quarantine(repository / "objects", hash_size).visit(Limits(), seen);
  CHECK(seen.objects.size() == expected.size());
  CHECK(seen.objects == expected);

  Gatherer first, second;
  ObjectVisitor* const both[] = {&first, &second};
  Quarantine(repository / "objects", hash_size).visit(Limits(), both);
  first.objects.merge(second.objects);
  CHECK(first.objects == expected);

  const auto store = open_object_store({repository / "objects"}, hash_size, repository);
  size_t every = expected.size() / 50 + 1;  // the store is slow: it reads one object at a time
  for (auto entry = expected.begin(); entry != expected.end();) {
    const auto object = store->read(entry->first);
    REQUIRE(object);
    CHECK(to_string(object->type) == entry->second.type);
    CHECK(object->content == entry->second.content);
    for (size_t i = 0; i < every && entry != expected.end(); ++i) ++entry;
  }
}

}  // namespace

TEST_CASE("every object of random repositories is as git and libgit2 read it") {
  std::mt19937 random(20261124);
  for (int round = 0; round < 300; ++round) {
    const std::string format = round % 3 == 0 ? "sha256" : "sha1";
    INFO("round " << round << ", " << format);
    const ScratchDirectory scratch;
    const fs::path repository = scratch.path() / "r.git";
    git(scratch.path(), "init -q --bare --object-format=" + format + " r.git");
    git(repository, "fast-import --quiet --force", random_history(random));
    switch (random() % 5) {
      case 0: git(repository, "-c pack.depth=50 repack -adfq --window=20"); break;
      case 1: git(repository, "repack -adfq --depth=4095 --window=50"); break;
      case 2: git(repository, "-c repack.useDeltaBaseOffset=false repack -adfq"); break;
      case 3: git(repository, "-c pack.indexVersion=2 -c pack.compression=0 repack -adFq"); break;
      default: {  // loose objects, as in a small push
        std::string pack;
        for (const auto& file : fs::directory_iterator(repository / "objects/pack")) {
          if (file.path().extension() == ".pack") pack = file.path();
        }
        if (!pack.empty()) {
          const fs::path aside = scratch.path() / "aside.pack";
          fs::rename(pack, aside);
          fs::remove_all(repository / "objects/pack");
          git(repository, "unpack-objects -q <'" + aside.native() + "' ; true");
        }
      }
    }
    compare(repository, format == "sha256" ? 32 : 20);
  }
}

TEST_CASE("every object of a pack with 64-bit offsets in its index is as git reads it") {
  const ScratchDirectory scratch;
  std::mt19937 random(5);
  git(scratch.path(), "init -q --bare r.git");
  const fs::path repository = scratch.path() / "r.git";
  git(repository, "fast-import --quiet --force", random_history(random));
  git(repository, "repack -adfq");
  for (const auto& file : fs::directory_iterator(repository / "objects/pack")) {
    if (file.path().extension() != ".pack") continue;
    fs::path index = fs::path(file.path()).replace_extension(".idx");
    fs::remove(index);
    git(repository, "index-pack --index-version=2,0x40 -o '" + index.native() + "' '" +
                        file.path().native() + "'");
  }
  compare(repository, 20);
}

TEST_CASE("every object of real repositories is as git and libgit2 read it") {
  // The repository of this project, and those in PUSHGUARD_REAL_REPOSITORIES.
  std::string names;
  if (fs::exists(fs::path(PUSHGUARD_SOURCE_DIR) / ".git")) names = PUSHGUARD_SOURCE_DIR;
  if (const char* more = std::getenv("PUSHGUARD_REAL_REPOSITORIES"))
    names += std::string(names.empty() ? "" : ":") + more;
  if (names.empty()) WARN("this tree is no checkout, and PUSHGUARD_REAL_REPOSITORIES names none");
  for (size_t at = 0; at < names.size();) {
    const size_t end = std::min(names.find(':', at), names.size());
    const std::string source = names.substr(at, end - at);
    at = end + 1;
    INFO(source);
    const ScratchDirectory scratch;
    git(scratch.path(), "clone -q --bare --no-local '" + source + "' r.git");
    compare(scratch.path() / "r.git", 20);
  }
}

}  // namespace pushguard::test
