// SPDX-License-Identifier: Apache-2.0
// How the scanner treats templates: it drops them, keeps them as examples, or finds that they
// are none.
#include <catch2/catch.hpp>

#include <random>

#include "codec/encodings.h"
#include "detect/scanner.h"
#include "examples/example.h"
#include "rules/built_in.h"
#include "templates/own_name.h"
#include "vocabulary/toml_file.h"

namespace pushguard {
namespace {

using std::string;
using std::string_view;

constexpr int64_t kNow = 1767225600;

Scanner& scanner() {
  static Scanner instance({&built_in_rules()}, built_in_templates(), kNow);
  return instance;
}

string expand(string_view pattern, uint64_t seed = 1) {
  return ExampleGenerator(seed).expand(pattern);
}

std::vector<string> found(const string& text) {
  std::vector<string> ids;
  for (const Match& match : scanner().scan(text)) ids.emplace_back(match.rule->id);
  return ids;
}

std::vector<string> examples(const string& text) {
  scanner().scan(text);
  std::vector<string> names;
  for (const Match& match : scanner().examples()) {
    names.push_back(string(match.rule->id) + " " + string(match.example));
  }
  return names;
}

std::vector<string> placeholder_words() {
  const TomlFile file("templates.toml",
                      read_file(string(PUSHGUARD_SOURCE_DIR) + "/rules/templates.toml"));
  return file.strings(file.root(), "words");
}

// The characters of `word` that are in the alphabet of most tokens.
string letters_of(string_view word) {
  string letters;
  for (const char c : word) {
    if (std::isalnum(static_cast<unsigned char>(c))) letters += c;
  }
  return letters;
}

}  // namespace

TEST_CASE("a placeholder word inside a token hides it from no rule") {
  const std::vector<string> words = placeholder_words();
  REQUIRE(words.size() > 200);
  const std::pair<string, string> forms[] = {{string("sk_") + "live_", "stripe"},
                                             {"API_KEY=", "generic-secret"},
                                             {"password: \"", "generic-password"}};
  std::mt19937 random(6);
  size_t tried = 0;
  for (const auto& [start, rule] : forms) {
    for (const string& word : words) {
      for (const bool capital : {false, true}) {
        string body = expand("{b62:32}", random());
        string inside = letters_of(word);
        if (capital) {
          for (char& c : inside) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        // At the start, in the middle and at the end.
        const size_t places[] = {0, 1 + random() % 31, body.size()};
        body.insert(places[tried++ % 3], inside);
        const string text = start + body + "\"\n";
        const auto ids = found(text);
        INFO(text);
        REQUIRE(ids.size() == 1);
        CHECK(ids[0].starts_with(rule));
      }
    }
  }
}

TEST_CASE("a password is judged as it reads once decoded") {
  const auto basic = [](string_view text) {
    return "Authorization: Basic " + base64_encode(text) + "\n";
  };
  CHECK(found(basic("fred:fredpassword")).empty());
  CHECK(found(basic("user:my-secret-token")).empty());
  CHECK(found(basic("bob:" + expand("{b62:16}"))) ==
        std::vector<string>{"http-basic-authorization"});
  CHECK(found("http://bob:my%2Dpassword@db.internal.net/").empty());
}

TEST_CASE("a password for a host of the documentation warns, elsewhere it blocks") {
  const auto confidence = [](const string& text) {
    const auto matches = scanner().scan(text);
    REQUIRE(matches.size() == 1);
    return matches[0].confidence;
  };
  const string start = "https://bob:" + expand("{b62:20}");
  CHECK(confidence(start + "@example.com/") == Confidence::possible);
  CHECK(confidence(start + "@203.0.113.9:80/") == Confidence::possible);
  CHECK(confidence(start + "@db.internal.net/") == Confidence::likely);
}

TEST_CASE("shapes and marks of templates inside a token hide it from no rule") {
  for (const char* inside :
       {"xxxxx", "00000", "12345678", "abcdefgh", "deadbeef", "EXAMPLE", "EXAMPLEKEY", "xxxxxxxx",
        "qwertyuiop", "REDACTED", "your-key", "your_token_here", "___", "process_env_", "vault"}) {
    for (uint64_t seed = 1; seed <= 40; ++seed) {
      string body = expand("{b62:36}", seed);
      body.insert(seed % body.size(), inside);
      const string text = "auth_token = '" + body + "'\n";
      INFO(text);
      CHECK(found(text).size() == 1);
    }
  }
}

TEST_CASE("examples of likely rules are kept apart, references and others are not") {
  const string digital_ocean = string("dop") + "_v1_";
  CHECK(examples("token: " + digital_ocean + string(64, '0')) ==
        std::vector<string>{"digitalocean-pat repeated-characters"});
  CHECK(found("token: " + digital_ocean + string(64, '0')).empty());
  CHECK(examples("API_KEY=${API_KEY}\npassword = \"changeme\"\n").empty());
  CHECK(examples("nothing here").empty());
  // A value whose checksum fails is dropped, unless it is a placeholder: then it is an example.
  const string classic = string("gh") + "p_";
  CHECK(examples(classic + string(36, 'x')) == std::vector<string>{"github-pat-classic masked"});
  CHECK(examples(classic + expand("{b62:36}")).empty());
  CHECK(found(classic + expand("{b62:36}")).empty());
}

TEST_CASE("a generic rule gives way to the rule that knows the value, unless that is unproven") {
  const string secret = string("dop") + "_v1_" + expand("{hex:64}");
  CHECK(found("access_token = \"" + secret + "\"") == std::vector<string>{"digitalocean-pat"});
  const string bad_checksum = string("gh") + "p_" + expand("{b62:36}");
  CHECK(found("access_token = \"" + bad_checksum + "\"") == std::vector<string>{"generic-secret"});
  CHECK(found("access_token = \"" + string("gh") + "p_" + string(36, 'x') + "\"").empty());
  const string both =
      "token = \"" + bad_checksum + "\"\napi_key = \"" + expand("{b62:32}") + "\"\n";
  CHECK(found(both) == std::vector<string>{"generic-secret", "generic-secret"});
}

TEST_CASE("a value that is the name of its key is a template") {
  const string_view keywords[] = {"acme"};
  const Rule rule{.id = "acme",
                  .regex = R"((?i)acme[a-z0-9_]{0,40}[^a-z0-9]{1,9}([\w.-]{8,40}))",
                  .keywords = keywords,
                  .reach = 100,
                  .secret_group = 1,
                  .confidence = Confidence::likely};
  const std::span<const string_view> all[] = {keywords};
  const KeywordTables tables(all);
  const RuleSet set{{&rule, 1}, tables.index()};
  Scanner own({&set}, built_in_templates(), kNow);
  for (const char* text :
       {"acme_mailer_tunnel = \"acme_mailer_tunnel\"", "acmeMailerTunnel2: ACME-MAILER-TUNNEL2",
        "\"acme_mailer_tunnel\" => 'acme.mailerTunnel'"}) {
    INFO(text);
    CHECK(own.scan(text).empty());
    REQUIRE(own.examples().size() == 1);
    CHECK(own.examples()[0].example == "own-name");
  }
  for (const char* text :
       {"acme_mailer: ACME-MAILER7", "acme_mailer7: ACME-MAILER", "acme_k3q9v2x8w: ACME-K3Q9V2X8W",
        "acmeKqzvxTrwlp: \"acme-kqzvx-trwlp\""}) {
    INFO(text);
    CHECK(own.scan(text).size() == 1);
  }
}

TEST_CASE("a token that stands before itself as a name is a finding") {
  for (int seed = 0; seed < 100; ++seed) {
    const string hex = expand("{hex:64}", seed), letters = expand("{lower:40}", seed);
    const string token = string("dop") + "_v1_" + hex;
    INFO(token);
    CHECK(found("DOPV1" + hex + ": " + token) == std::vector<string>{"digitalocean-pat"});
    CHECK(found(token + " = '" + token + "'") ==
          std::vector<string>{"digitalocean-pat", "digitalocean-pat"});
    CHECK_FALSE(reads_as_name(letters));
  }
}

TEST_CASE("the forms in which a password is assigned") {
  const string value = expand("{b62:8}#4{dig:3}", 3);
  for (const string& text :
       {"DB_PASSWORD=" + value, "password: " + value, "\"password\": \"" + value + "\",",
        "passwd = '" + value + "'", "PWD=" + value + ";Server=x", "db_pass := \"" + value + "\"",
        "pass: '" + value + "'", "\"pass\":\"" + value + "\"", "'pass' => '" + value + "'",
        "<password>" + value + "</password>", "login(user, password=\"" + value + "\")",
        "user.setPassword(\"" + value + "\");", "define('DB_PASSWORD', '" + value + "');",
        "CREATE USER a IDENTIFIED BY '" + value + "';", "CREATE ROLE a PASSWORD '" + value + "'",
        "passphrase = `" + value + "`", "password: str = \"" + value + "\"",
        "if (password == \"" + value + "\")", "os.getenv(\"DB_PASSWORD\", \"" + value + "\")"}) {
    INFO(text);
    CHECK(found(text).size() == 1);  // perhaps by a more specific rule
  }
}

TEST_CASE("the forms in which a generic secret is assigned") {
  const string value = expand("{b62:32}", 9);
  for (const string& text : {"API_KEY=" + value,
                             "export API_KEY='" + value + "'",
                             "\"apiKey\" : \"" + value + "\",",
                             "api-key: " + value,
                             "apiKey := `" + value + "`",
                             "'api_key' => '" + value + "',",
                             "<ApiKey>" + value + "</ApiKey>",
                             "<add key=\"ApiKey\" value=\"" + value + "\"/>",
                             "call(api_key=\"" + value + "\")",
                             "headers[\"X-Api-Key\"] = \"" + value + "\";",
                             "const apiKey: string = \"" + value + "\";",
                             "static API_KEY: &str = \"" + value + "\";",
                             "set(\"api_key\", \"" + value + "\")",
                             "- name: API_KEY\n  value: " + value,
                             "process.env.API_KEY ?? \"" + value + "\"",
                             "API_KEY_PROD=\"" + value + "\"",
                             "db.api_key.v2 = " + value,
                             "-Dapi.key=" + value + " run",
                             "{\\\"api_key\\\":\\\"" + value + "\\\"}",
                             "ARG API_KEY=" + value + "\n",
                             "ENV API_KEY " + value,
                             "run --api-key " + value + " now",
                             "\"apiKey\": \"" + value.substr(0, 12) + "#" + value.substr(12) + "\"",
                             "api_key: str = \"" + value + "\"  # ours"}) {
    INFO(text);
    CHECK(found(text).size() == 1);
  }
}

}  // namespace pushguard
