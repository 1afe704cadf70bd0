// SPDX-License-Identifier: Apache-2.0
// Names in trees: which files are named files, and whether a name may be a secret.
#include "detect/tree_names.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "examples/example.h"
#include "rules/built_in.h"

namespace pushguard {
namespace {

struct Entry {
  std::string name;
  char id;  // each byte of the id except the last
  std::string mode = "100644";
};

// The last byte is no text: nearly every id has such a byte.
std::string id_bytes(char id, size_t hash_size) { return std::string(hash_size - 1, id) + '\1'; }

std::string tree(const std::vector<Entry>& entries, size_t hash_size = 20) {
  std::string content;
  for (const Entry& entry : entries) {
    content += entry.mode + " " + entry.name + '\0' + id_bytes(entry.id, hash_size);
  }
  return content;
}

Oid oid(char c, size_t hash_size = 20) {
  const std::string bytes = id_bytes(c, hash_size);
  return Oid::from_raw({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
}

class Looker {
 public:
  // Whether the tree must be scanned. `fresh` has the indices of the fresh entries.
  bool look(const std::vector<Entry>& entries, const std::vector<size_t>& fresh,
            size_t hash_size = 20) {
    std::vector<Copy> copies;
    size_t begin = 0;
    for (size_t i = 0; i < entries.size(); ++i) {
      const size_t size = tree({entries[i]}, hash_size).size();
      if (std::ranges::find(fresh, i) == fresh.end()) copies.push_back({begin, begin, size});
      begin += size;
    }
    return look(tree(entries, hash_size), copies, hash_size);
  }

  bool look(const std::string& content, const std::vector<Copy>& copies = {},
            size_t hash_size = 20) {
    named = {};
    Object object{oid('t', hash_size), ObjectType::tree, content};
    object.copies = copies;
    const bool whole = names_.look_at(object, named);
    files = named.blobs;
    return whole;
  }

  NamedFiles named;
  OidSet files;  // of these

 private:
  Scanner scanner_{{&built_in_rules()}, built_in_templates(), 1767225600};
  TreeNames names_{scanner_, built_in_file_names()};
};

}  // namespace

TEST_CASE("a tree's environment files are those whose entries are fresh") {
  const std::vector<Entry> entries{{".env", 'a'},
                                   {"main.c", 'b'},
                                   {"prod.yml", 'c'},
                                   {"prod", 'd', "40000"},
                                   {"production.rb", 'e', "160000"},
                                   {"x.env", 'f', "120000"}};
  Looker looker;
  CHECK_FALSE(looker.look(tree(entries)));
  CHECK(looker.files == OidSet{oid('a'), oid('c'), oid('f')});
  for (int again = 0; again < 2; ++again) {
    CHECK_FALSE(looker.look(entries, {}));
    CHECK(looker.files.empty());
    CHECK_FALSE(looker.look(entries, {2}));
    CHECK(looker.files == OidSet{oid('c')});
    CHECK_FALSE(looker.look(entries, {1, 3}));
    CHECK(looker.files.empty());
    CHECK_FALSE(looker.look(entries, {1, 5}));
    CHECK(looker.files == OidSet{oid('f')});
  }
}

TEST_CASE("a zero before a file's mode hides no name") {
  Looker looker;
  looker.look(tree({{".env", 'a', "0100644"}, {".env", 'b', "0160000"}, {".env", 'c', "0040000"}}));
  CHECK(looker.files == OidSet{oid('a')});
}

TEST_CASE("trees of the longer hash, and damaged ones, which are scanned") {
  Looker looker;
  const std::string content = tree({{".env", 'a'}, {".env.local", 'b'}}, 32);
  CHECK_FALSE(looker.look(content, {}, 32));
  CHECK(looker.files == OidSet{oid('a', 32), oid('b', 32)});
  CHECK(looker.look(content.substr(0, content.size() - 1), {}, 32));
  CHECK(looker.files == OidSet{oid('a', 32)});
  for (const std::string& damaged :
       {std::string(".env prod"), std::string(".env\0", 5),
        tree({{"main.c", '\1', "100644/and-more"}}), tree({{"main.c", '\1', "key:"}})}) {
    CHECK(looker.look(damaged));
    CHECK(looker.files.empty());
  }
  CHECK_FALSE(looker.look(""));
  // The id of a submodule may be text.
  CHECK(looker.look(std::string("160000 sub\0", 11) + std::string(20, 'a')));
}

TEST_CASE("files that some rule is about are recognised by their names") {
  Looker looker;
  looker.look(tree({{".pgpass", 'a'},
                    {"main.tfvars", 'b'},
                    {"main.tf", 'c'},
                    {"tomcat-users.xml", 'd'},
                    {"xtomcat-users.xml", 'e'},
                    {"pgpass", 'f'},
                    {"TOMCAT-USERS.XML", 'g'}}));
  CHECK(looker.files == OidSet{oid('a'), oid('b'), oid('d'), oid('e')});
}

TEST_CASE("a name that may be a secret is reported each time that it comes") {
  ExampleGenerator generator(1);
  const std::string key = generator.expand("AKIA{B36:16}");
  Looker looker;
  for (int again = 0; again < 3; ++again) {
    CHECK(looker.look(tree({{"main.c", 'a'}, {key, 'b', "40000"}})));
    CHECK(looker.look(tree({{std::string(100, 'x') + "." + key + ".txt", 'b'}})));
    CHECK_FALSE(looker.look({{key, 'a'}, {"main.c", 'b'}}, {1}));
    CHECK_FALSE(looker.look(tree({{"AKIA.md", 'b'}})));
  }
}

TEST_CASE("names beyond the size of the cache are judged like the first ones") {
  Looker looker;
  std::vector<Entry> entries;
  for (int i = 0; i < 20000; ++i) entries.push_back({"file-" + std::to_string(i), 'a'});
  entries.push_back({".env", 'b'});
  for (int again = 0; again < 2; ++again) {
    CHECK_FALSE(looker.look(tree(entries)));
    CHECK(looker.files == OidSet{oid('b')});
  }
}

TEST_CASE("the keywords of a glob are in every name that it accepts") {
  const std::string_view globs[] = {"*.HAR", "conf/[abc]rclone*.conf", ".pgpass"};
  CHECK(name_keywords(globs) == std::vector<std::string>{".har", ".pgpass", "rclone"});
  const std::string_view bare[] = {"*.*"};
  CHECK_THROWS_WITH(name_keywords(bare), "the glob '*.*' has no part of three letters by which a "
                                         "file's name is known");
}

}  // namespace pushguard
