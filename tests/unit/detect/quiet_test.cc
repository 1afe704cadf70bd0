// SPDX-License-Identifier: Apache-2.0
// Kinds of text that were once taken for secrets, and beside each a near miss that is one.
#include <catch2/catch.hpp>

#include <map>
#include <random>

#include "codec/encodings.h"
#include "detect/scanner.h"
#include "detect/token_edge.h"
#include "examples/example.h"
#include "rules/built_in.h"
#include "support/drawn.h"
#include "validators/words_or_code.h"

namespace pushguard::test {
namespace {

using std::string;
using std::string_view;

constexpr int64_t kNow = 1767225600;

// What a rule says of a text: whether it would block in a file of settings.
enum class Says : uint8_t { warn, block };

string expand(string_view pattern, uint64_t seed = 1) {
  return ExampleGenerator(seed).expand(pattern);
}

std::map<string, Says> found(const string& text, const RuleSet& set = built_in_rules()) {
  Scanner scanner({&set}, built_in_templates(), kNow);
  std::map<string, Says> rules;
  for (const Match& match : scanner.scan(text)) {
    const bool blocks = match.confidence != Confidence::possible || match.is_strong;
    rules[string(match.rule->id)] = blocks ? Says::block : Says::warn;
  }
  return rules;
}

using Found = std::map<string, Says>;

}  // namespace

TEST_CASE("a word and a year read as words, and a word and a number do not") {
  for (const char* text : {"orange2024", "sunflower1999", "Winter2023", "meadow2025"}) {
    INFO(text);
    CHECK(reads_as_words(text));
  }
  for (const char* text : {"orange7341", "xkqvzbwj2024", "orange20245", "or2024"}) {
    INFO(text);
    CHECK_FALSE(reads_as_words(text));
  }
  CHECK(found("SESSION_TOKEN=sunflower2024\n", built_in_file_rules()).at("dotenv-secret") ==
        Says::warn);
  CHECK(found("SESSION_TOKEN=sunflower7341\n", built_in_file_rules()).at("dotenv-secret") ==
        Says::block);
  CHECK(found("postgres://svc:sunflower2024@db.internal.acme.net/x\n") ==
        Found{{"url-password", Says::warn}});
  CHECK(found("postgres://svc:sunflower2024!@db.internal.acme.net/x\n") ==
        Found{{"url-password", Says::block}});
}

TEST_CASE("words are nothing where one says that they are made up") {
  const string url = "postgres://svc:V@db.internal.acme.net/x\n";
  const auto with = [&](string_view value) {
    string text = url;
    return found(text.replace(text.find('V'), 1, value));
  };
  for (const string_view value :
       {"fake-silver-bottle", "Dummy_velvet_river", "timber.sample.arrow"}) {
    INFO(value);
    CHECK(with(value).empty());
  }
  CHECK(with("silver-bottle-river") == Found{{"url-password", Says::warn}});
  CHECK(with(expand("fake-{b62:12}")) == Found{{"url-password", Says::block}});
  CHECK(with("fakesilver-bottle7341") == Found{{"url-password", Says::block}});
}

TEST_CASE("an id of a secret is a SecretID of Vault beside what says so only") {
  for (const char* name : {"client_secret_id", "aws_secret_id", "app-secret-id", "clientSecretId",
                           "azurerm_key_vault_secret_id"}) {
    INFO(name);
    CHECK(found(name + expand(" = \"{uuid}\"\n")).empty());
    CHECK(found(expand("# vault\nrole_id = \"{uuid}\"\n") + name + expand(" = \"{uuid}\"\n", 2))
              .empty());
  }
  const Found blocked{{"vault-approle-secret-id", Says::block}};
  CHECK(found(expand("role_id = \"{uuid}\"\nsecret_id = \"{uuid}\"\n")) == blocked);
  CHECK(found(expand("export VAULT_SECRET_ID={uuid}\n")) == blocked);
  CHECK(found(expand("the key vault has it\nsecret_id = \"{uuid}\"\n")) ==
        Found{{"vault-approle-secret-id", Says::warn}});
}

TEST_CASE("the key of Supabase that everybody may have is told by its role") {
  const auto key = [](string_view role, string_view issuer = "supabase") {
    const string payload = "{\"iss\":\"" + string(issuer) + "\",\"ref\":\"" + expand("{lower:20}") +
                           "\",\"role\":\"" + string(role) + "\",\"exp\":2033576000}";
    return base64url_encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." +
           base64url_encode(payload) + "." + expand("{b64u:43}");
  };
  for (const string before : {"const k = \"", "ANON_KEY=", "Authorization: Bearer ", "apiKey: '"}) {
    INFO(before);
    CHECK(found(before + key("anon") + "\n").empty());
    CHECK(found(before + key("service_role") + "\n") ==
          Found{{"supabase-service-role-jwt", Says::block}});
    CHECK(found(before + key("authenticated") + "\n") == Found{{"jwt", Says::warn}});
    CHECK(found(before + key("anon", "acme") + "\n") == Found{{"jwt", Says::warn}});
  }
}

TEST_CASE("digests in rows of tables are no passwords, and hex elsewhere may be one") {
  for (const int digits : {32, 40, 64, 128}) {
    const string hex = expand("'{hex:" + std::to_string(digits) + "}'");
    INFO(hex);
    CHECK(
        found("INSERT INTO users (id, name, password) VALUES (1, 'bob', " + hex + ");\n").empty());
    CHECK(found("UPDATE users SET password = " + hex + " WHERE id = 1;\n").empty());
    const auto token = found("INSERT INTO sessions (id, token) VALUES (1, " + hex + ");\n");
    CHECK(token == Found{{"generic-secret", Says::warn}});
    CHECK(found("DB_PASSWORD = " + hex + "\n") == Found{{"generic-password", Says::block}});
  }
  CHECK(found(expand("INSERT INTO settings (k, api_key) VALUES (1, '{b62:40}');\n")) ==
        Found{{"generic-secret", Says::block}});
  CHECK(found(expand("INSERT INTO users (id, password) VALUES (1, '{b62:32}');\n")) ==
        Found{{"generic-password", Says::block}});
}

TEST_CASE("a token does not begin amid base64, and does behind a path") {
  std::mt19937 random(7);
  const string key = string("AI") + "za" + expand("{b62:35}");
  const string image = drawn(random, kBase64, 400);
  for (const string_view joint : {"/", "+"}) {
    for (const size_t at : {size_t{0}, size_t{5}, size_t{100}, size_t{300}}) {
      const string text = "src=\"data:image/png;base64," + image.substr(0, at) + string(joint) +
                          key + string(joint) + image.substr(at) + "\"";
      INFO(text);
      CHECK(found(text).empty());
    }
  }
  CHECK(found(image.substr(0, 100) + "/" + key + "/").empty());
  CHECK(found("/srv/App/Config2/KEYS/production/Europe/West/Frankfurt/Instance/" + key).size() ==
        1);
  CHECK(found("https://maps.internal.net/api/js/" + key + "/x").size() == 1);
  CHECK(found("key = \"" + key + "\"").size() == 1);
}

TEST_CASE("a ciphertext is told by its form, or by its size under a name that says so") {
  std::mt19937 random(9);
  const auto bytes = [&](size_t size) {
    string drawn(size, '\0');
    for (char& c : drawn) c = static_cast<char>(random());
    return drawn;
  };
  const string fernet =
      base64_encode(string("\x80\0\0\0\0", 5) + bytes(4) + bytes(16) + bytes(64) + bytes(32));
  const string salted = base64_encode("Salted__" + bytes(56)),
               dotenvx = "encrypted:" + base64_encode(bytes(90)), rsa = base64_encode(bytes(256));
  for (const string name : {"encrypted_password", "ENCRYPTED_API_KEY", "app.encrypted_token"}) {
    for (const string& value : {fernet, salted, dotenvx, rsa}) {
      INFO(name << ": " << value);
      CHECK(found(name + ": \"" + value + "\"\n").empty());
    }
    CHECK(found(name + ": \"" + base64_encode(bytes(48)) + "\"\n").size() == 1);
    CHECK(found(name + ": \"" + base64_encode(bytes(100)) + "\"\n").size() == 1);
  }
  for (const string& value : {salted, dotenvx}) CHECK(found("api_key: " + value + "\n").empty());
  for (const string& value : {fernet, rsa}) CHECK(found("api_key: " + value + "\n").size() == 1);
}

TEST_CASE("a name that Kubernetes made is no secret") {
  for (const string_view name :
       {"app-secrets-7b9f6d5c4", "secret-manager-7b9f6d5c4x-z2k4p", "db-credentials-6cf8k2m4t9"}) {
    for (const string_view before : {"secret: ", "password: ", "token = ", "apiSecret: \""}) {
      INFO(before << name);
      CHECK(found(string(before) + string(name) + "\n").empty());
    }
  }
  for (const string_view value : {"{lower:6}-{b62:24}", "{b36:8}-{b36:16}", "Xk7-{b62:20}"}) {
    CHECK(found("apiToken = \"" + expand(value) + "\"\n").size() == 1);
  }
}

TEST_CASE("what git prints beside the name of a secret is no secret") {
  for (const string_view text :
       {"Submodule libs/deploy_token {hex:7}..{hex:7}:\n",
        "Submodule acme-secret {hex:10}...{hex:10}:\n",
        "+++ b/acme-secret\n@@ -1 +1 @@\n-Subproject commit {hex:40}\n+Subproject commit "
        "{hex:40}\n",
        "secret: Subproject commit {hex:40}\n", "   {hex:7}..{hex:7}  token -> origin/token\n",
        " * [new tag]         v2-token -> v2-token\n",
        "[PATCH] api key\n\nFrom {hex:40} Mon Sep 17\n", "{hex:40}\trefs/heads/token\n",
        "token (cherry picked from commit {hex:40})\n"}) {
    INFO(text);
    CHECK(found(expand(text)).empty());
  }
  for (const string_view list : {"bitly-token: commit {hex:40}\n",
                                 "{hex:40}\trefs/heads/deepgram-key\n{hex:40} refs/heads/a\n",
                                 "{hex:40}  zendesk_token.tar\n{hex:40}  a.tar\n"}) {
    INFO(list);
    CHECK(found(expand(list)).empty());
  }
  CHECK(found(expand("bitly-token: {hex:40}\n")) == Found{{"bitly-token", Says::block}});
  CHECK(found(expand("the deepgram-key:\n{hex:40}\n")) == Found{{"deepgram-api-key", Says::block}});
  CHECK(found(expand("deploy_token {hex:40}\n")) == Found{{"generic-secret", Says::block}});
}

TEST_CASE("words in a Secret of a document are no secret") {
  const auto secret = [](string_view value) {
    return found("kind: Secret\nmetadata:\n  name: db\ndata:\n  password: " + base64_encode(value) +
                 "\n");
  };
  for (const string_view words :
       {"correct horse battery", "sunshine2024", "kubernetes-admin", "the quick brown fox"}) {
    INFO(words);
    CHECK(secret(words).empty());
  }
  for (const string_view drawn : {"{b62:16}", "Spring{dig:4}!x", "{lower:4} {b62:9} {dig:5}"}) {
    INFO(drawn);
    CHECK(secret(expand(drawn)).size() == 1);
  }
}

TEST_CASE("a header names the issuer that the token itself names") {
  const auto bearer = [](string_view token) {
    return found("curl -H \"Authorization: Bearer " + expand(token) +
                 "\" https://api.internal.net\n");
  };
  CHECK(bearer("hf_{alpha:34}") == Found{{"huggingface-user-token", Says::block}});
  CHECK(bearer("gsk_{b62:20}WGdyb3FY{b62:24}") == Found{{"groq-api-key", Says::block}});
  CHECK(bearer("lin_{lower:0}api_{b62:40}") == Found{{"linear-api-key", Says::block}});
  CHECK(bearer("sk-{b62:20}T3Blbk{upper:0}FJ{b62:20}") ==
        Found{{"openai-legacy-key", Says::block}});
  CHECK(bearer("{b62:40}") == Found{{"http-bearer-token", Says::block}});
}

TEST_CASE("a keyword that random text has by chance names no issuer") {
  const string key = expand("{b62:20}") + "kTy" + expand("{b62:20}", 2);
  CHECK(found("{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"" + key + "\"}") ==
        Found{{"jwk-private-key", Says::block}});
}

TEST_CASE("where a token stands does not make it less than its name does") {
  CHECK(found(expand("refresh_token = \"{b62:48}\"\n")) ==
        Found{{"oauth-refresh-token", Says::block}});
  CHECK(found(expand("# refresh_token = \"{b62:48}\"\n")) ==
        Found{{"oauth-refresh-token", Says::warn}});
  CHECK(found(expand("Authorization: Bearer 4{b62:24}\n")) ==
        Found{{"http-bearer-token-short", Says::block}});
  CHECK(found(expand("Authorization: Bearer 4{b62:12}\n")) ==
        Found{{"http-bearer-token-short", Says::warn}});
}

}  // namespace pushguard::test
