#include "detect/environment_file.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

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

Files files_in(const std::string& content, std::vector<Range> fresh, size_t hash_size = 20) {
  Files files;
  add_environment_files(content, fresh, hash_size, files);
  return files;
}

}  // namespace

TEST_CASE("environment files by name") {
  for (const char* path :
       {".env", "a/b/.env", ".envrc", ".env.local", ".env.production", ".env.production.local",
        "prod.env", "production.env", "config/environments/production.rb", "application.prod.yml",
        "appsettings.production.json", "values.production.yaml", "prod.tfvars",
        "environment.prod.ts"}) {
    INFO(path);
    CHECK(is_environment_file(path));
  }
  for (const char* path :
       {".env.example", ".env.sample", ".env.template", ".env.dist", ".env.production.example",
        "env", "a.env/readme", "environment.ts", "production.md", "product.json", "production",
        "reproduction.yml", "webpack.prod.min", ".environment", "", "a/", "example.prod.yml",
        "prod.env.md", ".env.vault"}) {
    INFO(path);
    CHECK_FALSE(is_environment_file(path));
  }
}

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

}  // namespace pushguard
