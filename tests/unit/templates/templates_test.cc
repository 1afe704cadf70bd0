// SPDX-License-Identifier: Apache-2.0
#include "templates/templates.h"

#include <sodium.h>

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "support/drawn.h"

using pushguard::PublishedValue;
using pushguard::Templates;
using std::string;
using std::string_view;

namespace {

constexpr string_view kWords[] = {
    "access",   "admin",       "pass",       "api",     "change", "changeme",
    "demo",     "dev",         "dummy",      "example", "fake",   "here",
    "in",       "jwt",         "key",        "my",      "mock",   "not",
    "password", "placeholder", "production", "real",    "secret", "super",
    "test",     "this",        "token",      "user",    "will",   "work",
    "your",     "hunter2",     "todo",       "replace", "with",   "a"};

string sha256(string_view s) {
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(s.data()), s.size());
  char hex[2 * sizeof digest + 1];
  sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
  return hex;
}

const Templates& templates() {
  static const Templates t(kWords, {});
  return t;
}

string name_of(string_view secret, string_view prefix = "") {
  const auto m = templates().match(secret, prefix);
  return m ? string(m->name) : "";
}

struct Case {
  string secret;
  string_view name;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.secret);
    CHECK(name_of(c.secret) == c.name);
  }
}

constexpr string_view kAlphabets[] = {pushguard::test::kBase62, pushguard::test::kBase64,
                                      pushguard::test::kBase64Url, pushguard::test::kHex};

string random_body(std::mt19937& random) {
  const string_view alphabet = kAlphabets[random() % std::size(kAlphabets)];
  const size_t length = 20 + random() % 45;
  return pushguard::test::drawn(random, alphabet, length);
}

}  // namespace

TEST_CASE("a published value is known by its hash, with and without quotes") {
  const string value = "0nce-upon-A-t1me";
  const string hash = sha256(value);
  const PublishedValue published[] = {{hash, "a book"}};
  const Templates t(kWords, published);
  CHECK(t.match(value, "")->name == "published-example");
  CHECK(t.match("\"" + value + "\"", "0nce-")->name == "published-example");
  CHECK_FALSE(t.match(value + "x", ""));
}

TEST_CASE("references") {
  check({{"${DB_PASSWORD}", "reference"},
         {"${DB_PASSWORD:?must be set}", "reference"},
         {"$DB_PASSWORD", "reference"},
         {"$$TOKEN", "reference"},
         {"$env:TOKEN", "reference"},
         {"$(cat /run/token)", "reference"},
         {"${{ secrets.DEPLOY_KEY }}", "reference"},
         {"{{ .Values.db.password }}", "reference"},
         {"{{ lookup('env','X') }}", "reference"},
         {"<your-token>", "reference"},
         {"<YOUR TOKEN HERE>", "reference"},
         {"<%= ENV[\"X\"] %>", "reference"},
         {"%TOKEN%", "reference"},
         {"%(password)s", "reference"},
         {"#{db_password}", "reference"},
         {"@DB_PASSWORD@", "reference"},
         {"[TOKEN]", "reference"},
         {"{api_key}", "reference"},
         {"__TOKEN__", "reference"},
         {"process.env.DB_PASSWORD", "reference"},
         {"import.meta.env.TOKEN", "reference"},
         {"os.environ[\"TOKEN\"]", "reference"},
         {"os.getenv('TOKEN')", "reference"},
         {"ENV['TOKEN']", "reference"},
         {"System.getenv(\"TOKEN\")", "reference"},
         {"env!(\"TOKEN\")", "reference"},
         {"get_secret(db_password)", "reference"},
         {"op://vault/item/field", "reference"},
         {"vault:secret/data/app#key", "reference"},
         {"arn:aws:secretsmanager:eu-west-1:1:secret:a", "reference"},
         {"!Ref DbPassword", "reference"},
         {"ENC[AES256_GCM,data:abc]", "reference"},
         {"var.db_password", "reference"}});
}

TEST_CASE("a reference that carries a literal is not one") {
  for (const string_view s :
       {"${DB_PASSWORD:-k3Lq9vT2xZ8w}", "{{ .Values.pw | default \"k3Lq9vT2xZ8w\" }}",
        "getenv(\"X\", \"k3Lq9vT2xZ8w\")", "$k3Lq9vT2xZ8wB", "<k3Lq9vT2xZ8w"}) {
    CAPTURE(s);
    CHECK(name_of(s) == "");
  }
}

TEST_CASE("shapes") {
  std::mt19937 random(1);
  string filler;
  while (filler.size() < 90) filler += random_body(random);
  check({{"sk-...", "ellipsis"},
         {"abc...xyz", "ellipsis"},
         {"AKIA\xE2\x80\xA6", "ellipsis"},
         {"********", "masked"},
         {"pa****rd", "masked"},
         {"xxxxxxxx-xxxx", "masked"},
         {string("ghp_") + string(36, 'x'), "repeated-characters"},
         {string("AKIA") + string(16, 'X'), "repeated-characters"},
         {string(32, '0'), "repeated-characters"},
         {"11111111-1111-1111-1111-111111111111", "repeated-characters"},
         {"00000000-0000-0000-0000-000000000001", "repeated-characters"},
         {"12345678-1234-1234-1234-123456789012", "sequence"},
         {"12345678-1234-1234-1234-123456789abc", "sequence"},
         {"0123456789abcdef0123456789abcdef", "sequence"},
         {string("AKIA") + "1234567890ABCDEF", "sequence"},
         {"sk-1234567890abcdef", "sequence"},
         {"fedcba9876543210", "sequence"},
         {"a1b2c3d4e5f6a7b8", "sequence"},
         {"qwertyuiop", "sequence"},
         {"deadbeefcafebabe", "sequence"},
         {"aBcDeFgHiJkLmNoP", "sequence"},
         {"k4vq8z1mk4vq8z1mk4vq", "repetition"},
         {"dfgdfgdzfgdgdfgdfg", "repeated-characters"},
         {"asdkjasdkjhasdkjhasd", "repeated-characters"},
         {string("AKIAQ5T2VXM3S") + "EXAMPLE", "documentation-mark"},
         {"AQoEXAMPLEH4" + filler, "documentation-mark"}});
  // An ending, or a beginning, is easily added to a real value.
  CHECK(name_of(filler + "EXAMPLE") == "");
  CHECK(name_of("EXAMPLE" + filler) == "");
  CHECK(name_of("AQoEXAMPLEH4" + filler.substr(0, 40)) == "");
  CHECK(name_of("qwmtpzxkdjrevbny") == "");
}

TEST_CASE("placeholder words") {
  for (const string_view s : {"your-api-key-here",
                              "YOUR_SECRET_TOKEN",
                              "YourSecretToken",
                              "changeme",
                              "CHANGE_ME_a",
                              "sk-your-key",
                              "my-secret-key",
                              "supersecretkey",
                              "super-secret-key",
                              "dev-secret-key",
                              "secret-key-change-in-production",
                              "change-this-in-production",
                              "jwt-secret",
                              "password123",
                              "admin123",
                              "Test1234!",
                              "P@ssw0rd123",
                              "s3cr3t",
                              "Y0uR_P4ss_H3r3",
                              "123s3cr3t456",
                              "my-s3cr3t.k3y",
                              "4dm1n",
                              "hunter2",
                              "xoxb-your-token",
                              "xoxb-not-a-real-token-this-will-not-work",
                              "your-acme-corp-key-here",
                              "password",
                              "TODO"}) {
    CAPTURE(s);
    CHECK(name_of(s) == "placeholder-word");
  }
  CHECK(name_of("ghp_your_token_here", "ghp_") == "placeholder-word");
}

TEST_CASE("a word inside random text is no placeholder") {
  std::mt19937 random(20260101);
  for (int i = 0; i < 20000; ++i) {
    string body = random_body(random);
    const string_view prefix = i % 2 ? "sk_live_" : "";
    const string alone = string(prefix) + body;
    const string_view word = kWords[random() % std::size(kWords)];
    const size_t at = random() % (body.size() + 1);
    const string_view glue = i % 3 == 0 ? "_" : i % 3 == 1 ? "-" : "";
    body.insert(at, string(glue) + string(word) + string(glue));
    const string with_word = string(prefix) + body;
    if (!name_of(alone, prefix).empty() || !name_of(with_word, prefix).empty()) {
      CAPTURE(alone, with_word);
      FAIL("random text was taken for a template: " << name_of(alone, prefix)
                                                    << name_of(with_word, prefix));
    }
  }
}

TEST_CASE("short random passwords are no templates") {
  std::mt19937 random(7);
  int matched = 0;
  for (int i = 0; i < 20000; ++i) matched += !name_of(random_body(random).substr(0, 12)).empty();
  CHECK(matched <= 4);
}

TEST_CASE("odd input does no harm") {
  CHECK(name_of("") == "");
  CHECK(name_of("\"\"") == "");
  CHECK(name_of("ghp_", "ghp_") == "");
  CHECK(name_of(string("\0\xFF\x80", 3)) == "");
  CHECK(name_of("${") == "");
  CHECK(name_of("()") == "");
  CHECK_NOTHROW(name_of(string(1 << 20, '(')));
}
