// SPDX-License-Identifier: Apache-2.0
// A rule that is written in Pushguard's format is the same when it is read back.
#include "rules/rule_writer.h"

#include <catch2/catch.hpp>

#include "rules/rule_file.h"
#include "rules/site_file.h"
#include "support/git.h"

namespace pushguard {
namespace {

std::vector<RawRule> import(const std::string& text) {
  const test::ScratchDirectory scratch;
  test::write_file(scratch.path() / "g.toml", text);
  return read_site_file(scratch.path() / "g.toml").rules;
}

}  // namespace

TEST_CASE("a written rule says the same, once it has examples") {
  const auto rules = import(R"(
[[rules]]
id = "Acme_Quotes"
description = "Acme \"quoted\" \\ token"
regex = "acme'''[\"\\\\\n]([0-9]{9})'"
entropy = 2.5
[[rules]]
id = "plain"
regex = '''zeta"[0-9]{9}\.'''
)");
  WrittenRules written = write_rules(rules);
  CHECK(written.left_out.empty());
  CHECK_THROWS_WITH(read_rules(TomlFile("w.toml", written.text)),
                    "w.toml:3:1: 'examples' is missing or empty\n  [[rule]]\n  ^\n"
                    "w.toml:17:1: 'examples' is missing or empty\n  [[rule]]\n  ^");
  for (size_t at; (at = written.text.find("[]")) != std::string::npos;) {
    written.text.replace(at, 2, "[\"x\"]");
  }
  const auto read = read_rules(TomlFile("w.toml", written.text));
  REQUIRE(read.size() == 2);
  CHECK(read[0].id == "acme-quotes");
  CHECK(read[0].description == rules[0].description);
  CHECK(read[0].regex == rules[0].regex);
  CHECK(read[0].keywords == rules[0].keywords);
  CHECK(read[0].secret_group == 1);
  CHECK(read[0].min_entropy == 2.5f);
  CHECK(read[1].regex == rules[1].regex);
  CHECK(read[1].secret_group == 0);
  CHECK(read[1].confidence == Confidence::likely);
}

TEST_CASE("what Pushguard's format cannot express is reported with the reason") {
  const auto rules = import(R"(
[[rules]]
id = "a"
regex = '''tau=[0-9]{9}'''
[[rules.allowlists]]
stopwords = ["x"]
[[rules]]
id = "b"
regex = '''\b[0-9]{9}\b'''
[[rules]]
id = "c"
regex = '''tau=([0-9]{9})|rho=([0-9]{9})'''
)");
  const WrittenRules written = write_rules(rules);
  CHECK(written.text == "provider = \"site rule\"\n");
  CHECK(written.left_out ==
        std::vector<std::string>{
            "rule 'a': our format has no allow-lists, required rules or path of its own",
            "rule 'b': our format asks for a keyword",
            "rule 'c': our format asks which of its groups is the secret"});
}

}  // namespace pushguard
