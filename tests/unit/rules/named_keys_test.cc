// SPDX-License-Identifier: Apache-2.0
// Whose secret it is, by the names around it.
#include "rules/named_keys.h"

#include <catch2/catch.hpp>

#include <re2/re2.h>

#include "rules/rule_file.h"
#include "vocabulary/error.h"
#include "vocabulary/mistakes.h"

namespace pushguard {
namespace {

using std::string;
using std::string_view;

constexpr NamedKey kKeys[] = {
    {"acme", 1, false}, {"beamer", 2, true}, {"newyorktimes", 3, false}, {"times", 4, true}};

// The rules named with the first "key" in `text`.
std::vector<uint16_t> named(string_view text, string_view name = "key") {
  const size_t begin = text.find(name);
  REQUIRE(begin != text.npos);
  std::vector<uint16_t> rules;
  find_named_keys(kKeys, text, {begin, begin + name.size()}, rules);
  return rules;
}

using Rules = std::vector<uint16_t>;

}  // namespace

TEST_CASE("a vendor is named in the identifier, however that is written") {
  for (const string_view text :
       {"ACME_API_key=", "acmeApi_key: ", "acme-key ", "acme.key=", "myAcme_key",
        "acmekey = ", "prod_acme_key", "ACMEApi_key", "config.acme.api_key", "x['acme_key']"}) {
    CAPTURE(text);
    CHECK(named(text) == Rules{1});
  }
  for (const string_view text : {"NEW_YORK_TIMES_key", "newYorkTimes_key", "newyorktimes_key"}) {
    CAPTURE(text);
    CHECK(named(text).front() == 3);
  }
}

TEST_CASE("a vendor's name inside a longer word names nobody") {
  for (const string_view text : {"acmes_key", "macme_key", "acme2_key", "key of acme", "_key"}) {
    CAPTURE(text);
    CHECK(named(text) == Rules{});
  }
}

TEST_CASE("a vendor is named in the line before, and in the sections around") {
  for (const string_view text :
       {"get('https://api.acme.com/v1?key=", "acme: { api: { key: ", "acme:\n  api_key: ",
        "acme:\n  prod:\n    # of today\n    key: ", "\"acme\": {\n  \"key\": ", "[acme]\nkey = ",
        "[acme]\nurl = x\nkey = "}) {
    CAPTURE(text);
    CHECK(named(text) == Rules{1});
  }
  for (const string_view text : {"acme = 1\nkey = ", "acme:\n  url: x\nkey: ", "  acme: x\n  key: ",
                                 "acme\nkey = ", "[acme]\n[other]\nkey = "}) {
    CAPTURE(text);
    CHECK(named(text) == Rules{});
  }
}

TEST_CASE("a word names a vendor only in the identifier") {
  CHECK(named("BEAMER_key=") == Rules{2});
  CHECK(named("the beamer has a key ") == Rules{});
  CHECK(named("beamer:\n  key: ") == Rules{});
}

TEST_CASE("the longer name and the nearer one come first") {
  CHECK(named("NEW_YORK_TIMES_key") == Rules{3, 4});
  CHECK(named("acme:\n  newYorkTimes_key: ").front() == 3);
}

TEST_CASE("what is far before a name is not read") {
  const string far = "[acme]\n" + string(kNamedKeyReach, '\n') + "key = ";
  CHECK(named(far) == Rules{});
  CHECK(named("acme" + string(500, '_') + "key") == Rules{});
}

TEST_CASE("a shape is a regex and an example") {
  const KeyShape shape = read_key_shape("k.{hex:8}-{b62:20-40}");
  CHECK(shape.regex == "k\\.[0-9a-f]{8}\\-[A-Za-z0-9]{20,40}");
  CHECK(shape.example == "k.{hex:8}-{b62:40}");
  CHECK(shape.size == 2 + 8 + 1 + 40);
  CHECK(RE2(read_key_shape("{uuid}").regex).ok());
  for (const string_view bad :
       {"{hex}", "{hex:0}", "{hex:9-8}", "{nothing:8}", "{hex:8", "}", "{hex:x}", "{:}", "{}"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(read_key_shape(bad), Error);
  }
}

TEST_CASE("a name has the forms of identifiers") {
  CHECK(joined_name("New York Times") == "newyorktimes");
  CHECK(upper_name("New York times") == "NEW_YORK_TIMES");
  CHECK(camel_name("scale ai api key") == "scaleAiApiKey");
}

TEST_CASE("a row of the table becomes a rule") {
  const TomlFile file("n.toml", R"([[key]]
provider = "Acme Corp"
names = ["acme corp"]
words = ["acme"]
shapes = ["{hex:20}", "k_{hex:32}"]
parameter = "api key"
privilege = "read"
rotate = "acme.example"
references = ["https://acme.example/docs"]
)");
  const std::vector<RawRule> rules = read_rules(file);
  REQUIRE(rules.size() == 1);
  const RawRule& rule = rules.front();
  CHECK(rule.id == "acme-corp-named-key");
  CHECK(rule.regex == "k\\_[0-9a-f]{32}|[0-9a-f]{20}");
  CHECK(rule.names == std::vector<string>{"acmecorp"});
  CHECK(rule.examples ==
        std::vector<string>{"ACME_CORP_API_KEY=k_{hex:32}", "\"acmeCorpApiKey\": \"k_{hex:32}\"",
                            "ACME_CORP_API_KEY={hex:20}", "\"acmeCorpApiKey\": \"{hex:20}\""});
  const std::vector<NamedKey> keys = named_keys_of(rules);
  REQUIRE(keys.size() == 2);
  CHECK(keys[0].name == "acme");
  CHECK(keys[0].is_word);
  CHECK(keys[1].name == "acmecorp");
  CHECK_FALSE(keys[1].is_word);
}

TEST_CASE("a row of the table says where its facts are from") {
  const string row = "[[key]]\nprovider = \"Acme\"\nnames = [\"acme\"]\nshapes = [\"{hex:20}\"]\n"
                     "parameter = \"key\"\nprivilege = \"read\"\nrotate = \"acme.example\"\n";
  CHECK_THROWS_WITH(read_rules(TomlFile("n.toml", row)),
                    Catch::Contains("'references' is missing or empty"));
  CHECK_THROWS_WITH(read_rules(TomlFile("n.toml", row + "references = [\"x\"]\nwords = [\"a\"]\n")),
                    Catch::Contains("name 'a' is too short"));
}

}  // namespace pushguard
