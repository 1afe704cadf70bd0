// SPDX-License-Identifier: Apache-2.0
// What of a record's line goes into the tree.
#include "audit/leaf.h"

#include <catch2/catch.hpp>

#include "codec/encodings.h"
#include "vocabulary/digest.h"

namespace pushguard {
namespace {

const std::string kSalt = "00112233445566778899aabbccddeeff";

std::string with_salt(const std::string& fields) {
  return "{" + fields + ",\"salt\":\"" + kSalt + "\"}";
}

std::string hashed(const std::string& text) {
  return "sha256:" + sha256_hex(*hex_decode(kSalt) + text);
}

}  // namespace

TEST_CASE("a leaf has a salted hash in place of each personal text, and no salt") {
  const std::string line =
      with_salt(R"("seq":3,"pusher":{"name":"alice","source":"GL_USERNAME","address":"10.0.0.9"},)"
                R"("places":[{"author":"Ann <ann@example.com>","path":"name"},{"author":"Bob"}])");
  CHECK(leaf_text(line) == R"({"seq":3,"pusher":{"name":")" + hashed("alice") +
                               R"(","source":"GL_USERNAME","address":")" + hashed("10.0.0.9") +
                               R"("},"places":[{"author":")" + hashed("Ann <ann@example.com>") +
                               R"(","path":"name"},{"author":")" + hashed("Bob") + R"("}]})");
  CHECK(has_salt(line));
  CHECK_FALSE(has_salt(leaf_text(line)));
  CHECK(record_leaf(line) == leaf_hash(leaf_text(line)));
}

TEST_CASE("each text of a personal list is hashed") {
  const std::string line =
      with_salt(R"("owners":["@a","b@x.org",""],"by":"root","new_by":"refs","rule":["name","x"])");
  CHECK(leaf_text(line) == R"({"owners":[")" + hashed("@a") + R"(",")" + hashed("b@x.org") +
                               R"(",""],"by":")" + hashed("root") +
                               R"(","new_by":"refs","rule":["name","x"]})");
  CHECK(leaf_text(with_salt("\"owners\":[]")) == "{\"owners\":[]}");
}

TEST_CASE("what retention leaves of a line has the same leaf") {
  const std::string line = with_salt(R"("pusher":{"name":"alice","source":"X","address":""})");
  CHECK(record_leaf(leaf_text(line)) == record_leaf(line));
  CHECK(leaf_text(leaf_text(line)) == leaf_text(line));
}

TEST_CASE("quotes and backslashes in a text do not end it") {
  const auto [value, ending] = GENERATE(table<std::string, std::string>(
      {{R"(a\"b)", ""}, {R"(a\\)", ""}, {R"(\",\"name\":\"x)", ""}, {R"(\\\")", ""}}));
  const std::string line = with_salt("\"name\":\"" + value + "\",\"path\":\"" + value + "\"");
  CHECK(leaf_text(line) == "{\"name\":\"" + hashed(value) + "\",\"path\":\"" + value + "\"}");
}

TEST_CASE("keys that only end like a personal one, and empty texts, are left alone") {
  for (const std::string fields :
       {R"("rename":"x")", R"("name":"")", R"("name":7)", R"("x":"name")", R"("author":{"x":"y"})",
        R"("owners":[7,"x"])"}) {
    CHECK(leaf_text(with_salt(fields)) == "{" + fields + "}");
  }
}

TEST_CASE("a line without a salt at its very end is its own leaf") {
  for (const std::string& line : std::vector<std::string>{
           std::string(), std::string("{\"name\":\"alice\"}"), std::string("\xff\0x", 3),
           with_salt("\"name\":\"a\"") + " ", "{\"name\":\"a\",\"salt\":\"0011\"}",
           "{\"name\":\"a\",\"salt\":\"" + std::string(32, 'G') + "\"}", std::string("\"}")}) {
    CHECK(leaf_text(line) == line);
  }
}

TEST_CASE("a salt is another one each time") {
  CHECK(new_salt().size() == 32);
  CHECK(new_salt() != new_salt());
}

TEST_CASE("a record says its number, the leaf before it, and in a later file the edge") {
  const std::string hex = to_hex(leaf_hash("x"));
  const std::string start = "{\"format\":\"pushguard-audit/2\",\"seq\":";
  const auto first = read_head(start + "0,\"prev\":\"\",\"time\":\"\"}").value();
  CHECK(first.seq == 0);
  CHECK_FALSE(first.prev);
  CHECK_FALSE(first.edge);
  const auto later = read_head(start + "5,\"prev\":\"" + hex + "\",\"edge\":[\"" + hex + "\",\"" +
                               hex + "\"],\"time\":\"\"}")
                         .value();
  CHECK(later.seq == 5);
  CHECK(later.prev == leaf_hash("x"));
  CHECK(later.edge == TreeEdge::from(5, {leaf_hash("x"), leaf_hash("x")}));
  // Not as many roots as 5 leaves have.
  CHECK_FALSE(read_head(start + "5,\"prev\":\"" + hex + "\",\"edge\":[\"" + hex + "\"]}")->edge);
  for (const std::string& none :
       {std::string("{}"), start + "x,\"prev\":\"\"}", start + "05,\"prev\":\"\"}", start,
        std::string("{\"format\":\"pushguard-audit/2\",\"time\":\"\"}")}) {
    CHECK_FALSE(read_head(none));
  }
}

}  // namespace pushguard
