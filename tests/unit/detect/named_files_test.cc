#include "detect/named_files.h"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

#include "detect/built_in.h"

namespace pushguard {
namespace {

struct Entry {
  std::string name;
  char id;  // of each of its bytes
  std::string mode = "100644";
};

std::string tree(const std::vector<Entry>& entries, size_t hash_size = 20) {
  std::string content;
  for (const Entry& entry : entries) {
    content += entry.mode + " " + entry.name + '\0' + std::string(hash_size, entry.id);
  }
  return content;
}

Oid oid(char c, size_t hash_size = 20) {
  const std::vector<uint8_t> bytes(hash_size, static_cast<uint8_t>(c));
  return Oid::from_raw(bytes);
}

using Files = std::unordered_set<Oid, OidHash>;

Files files_in(const std::string& content, const std::vector<Range>& fresh, size_t hash_size = 20) {
  Files files;
  Object object{oid('t', hash_size), ObjectType::tree, content};
  // As a delta: what is not fresh was copied.
  const std::unique_ptr<Remembered> base = std::make_unique<Remembered>();
  std::vector<Copy> copies;
  size_t end = 0;
  for (const Range& range : fresh) {
    if (range.begin > end) copies.push_back({end, end, range.begin - end});
    end = range.end;
  }
  if (end < content.size()) copies.push_back({end, end, content.size() - end});
  object.base = base.get();
  object.copies = copies;
  add_named_files(object, built_in_file_names(), files);
  return files;
}

}  // namespace

TEST_CASE("a tree's environment files are those whose entries are fresh") {
  const std::string content =
      tree({{".env", 'a'}, {"main.c", 'b'}, {"prod.yml", 'c'}, {"prod", 'd', "40000"},
            {"production.rb", 'e', "160000"}, {"x.env", 'f', "120000"}});
  const size_t all = content.size();
  CHECK(files_in(content, {{0, all}}) == Files{oid('a'), oid('c'), oid('f')});
  CHECK(files_in(content, {}).empty());
  // Only the id of "prod.yml", and even its last byte alone.
  const size_t id = content.find('c', content.find("prod.yml"));
  CHECK(files_in(content, {{id, id + 20}}) == Files{oid('c')});
  CHECK(files_in(content, {{id + 19, id + 20}}) == Files{oid('c')});
  const size_t other = content.find("main.c");
  CHECK(files_in(content, {{other, other + 1}}).empty());
  CHECK(files_in(content, {{other, other + 1}, {all - 1, all}}) == Files{oid('f')});
}

TEST_CASE("trees of the longer hash, and damaged ones") {
  const std::string content = tree({{".env", 'a'}, {".env.local", 'b'}}, 32);
  CHECK(files_in(content, {{0, content.size()}}, 32) == Files{oid('a', 32), oid('b', 32)});
  const std::string cut = content.substr(0, content.size() - 1);
  CHECK(files_in(cut, {{0, cut.size()}}, 32) == Files{oid('a', 32)});
  CHECK(files_in(".env prod", {{0, 9}}).empty());
  CHECK(files_in(std::string(".env\0", 5), {{0, 5}}).empty());
  CHECK(files_in("", {}).empty());
}

TEST_CASE("files that some rule is about are looked at by their names") {
  const std::string content = tree({{".pgpass", 'a'}, {"main.tfvars", 'b'}, {"main.tf", 'c'},
                                    {"tomcat-users.xml", 'd'}, {"xtomcat-users.xml", 'e'},
                                    {"pgpass", 'f'}, {"TOMCAT-USERS.XML", 'g'}});
  CHECK(files_in(content, {{0, content.size()}}) ==
        Files{oid('a'), oid('b'), oid('d'), oid('e')});
}

TEST_CASE("a glob names what stands in every name that it accepts") {
  const std::string_view globs[] = {"*.HAR", "conf/[abc]rclone*.conf", ".pgpass"};
  CHECK(name_marks(globs) == std::vector<std::string>{".har", ".pgpass", "rclone"});
  const std::string_view bare[] = {"*.*"};
  CHECK_THROWS_WITH(name_marks(bare), "the glob '*.*' has no part of three letters by which a "
                                      "file's name is known");
}

}  // namespace pushguard
