// SPDX-License-Identifier: Apache-2.0
#include "validators/random_value.h"

#include <catch2/catch.hpp>

#include <iterator>
#include <random>

#include "support/drawn.h"
#include "validators/letter_pair_model.h"

namespace pushguard {
namespace {

using std::string;
using std::string_view;
using namespace test;

constexpr string_view kWords[] = {
    "account",  "adapter",  "address",   "agent",     "alias",    "archive",  "array",
    "backup",   "balance",  "batch",     "binary",    "bridge",   "browser",  "bucket",
    "buffer",   "builder",  "cache",     "callback",  "cancel",   "channel",  "check",
    "client",   "cluster",  "column",    "command",   "config",   "context",  "counter",
    "create",   "cursor",   "daemon",    "decode",    "delegate", "delete",   "detail",
    "device",   "digest",   "dispatch",  "domain",    "driver",   "element",  "endpoint",
    "engine",   "entity",   "event",     "exception", "export",   "factory",  "feature",
    "fetch",    "field",    "filter",    "format",    "gateway",  "group",    "handler",
    "header",   "history",  "hostname",  "http",      "image",    "import",   "index",
    "invoice",  "iterator", "journal",   "kernel",    "keyboard", "label",    "language",
    "layout",   "library",  "listener",  "loader",    "locale",   "manager",  "mapping",
    "message",  "method",   "migration", "module",    "monitor",  "network",  "node",
    "notify",   "object",   "offset",    "operator",  "option",   "order",    "package",
    "parser",   "payment",  "pipeline",  "platform",  "plugin",   "policy",   "process",
    "profile",  "project",  "protocol",  "provider",  "proxy",    "query",    "queue",
    "random",   "reader",   "record",    "refresh",   "region",   "register", "release",
    "render",   "report",   "request",   "resolver",  "response", "route",    "sample",
    "schedule", "schema",   "scope",     "search",    "segment",  "server",   "service",
    "session",  "shader",   "signal",    "socket",    "source",   "storage",  "stream",
    "string",   "switch",   "symbol",    "system",    "table",    "target",   "template",
    "thread",   "timeout",  "tracker",   "traffic",   "transfer", "update",   "upload",
    "user",     "utility",  "validator", "vector",    "version",  "viewport", "volume",
    "wallet",   "widget",   "window",    "worker",    "wrapper",  "writer"};

bool is_random(const string& value) {
  return check_random_value(value, 0).validity != Validity::invalid;
}
bool is_password(const string& value) {
  return check_password_value(value, 0).validity != Validity::invalid;
}

string word(std::mt19937& random) { return string(kWords[random() % std::size(kWords)]); }

string capitalised(string text) {
  text[0] = static_cast<char>(text[0] - 32);
  return text;
}

// Text that source code has in the place of a secret, of 16 characters or more.
string written(std::mt19937& random) {
  const auto joined = [&](string_view joint, size_t count) {
    string text = word(random);
    for (size_t i = 1; i < count; ++i) text += string(joint) + word(random);
    return text;
  };
  const auto number = [&] { return std::to_string(random() % 100); };
  string text;
  do {
    switch (random() % 12) {
      case 0: text = joined("_", 2 + random() % 3); break;
      case 1: text = joined("-", 2 + random() % 3) + "-" + number(); break;
      case 2: text = word(random) + capitalised(word(random)) + capitalised(word(random)); break;
      case 3: text = capitalised(word(random)) + capitalised(word(random)) + number(); break;
      case 4: text = joined(".", 3); break;
      case 5: text = "/" + joined("/", 3); break;
      case 6: text = "https://" + word(random) + ".example.com/" + joined("/", 2); break;
      case 7: text = joined("_", 2) + ".json"; break;
      case 8:
        text = joined("_", 3);
        for (char& c : text) c = c == '_' ? c : static_cast<char>(c - 32);
        break;
      case 9: text = joined("", 2) + number() + word(random); break;
      case 10: text = word(random) + "." + word(random) + capitalised(word(random)); break;
      default: text = joined("-", 2) + "." + number() + "." + number() + "." + number(); break;
    }
  } while (text.size() < 16);
  return text;
}

}  // namespace

TEST_CASE("random values of 16 characters or more are known, over 99 in 100") {
  std::mt19937 random(16);
  const std::tuple<string_view, size_t> cases[] = {
      {kBase62, 16}, {kBase62, 20}, {kBase62, 32},    {kBase62, 64},    {kBase64, 16},
      {kBase64, 24}, {kBase64, 44}, {kBase64Url, 22}, {kBase64Url, 43}, {kHex, 16},
      {kHex, 32},    {kHex, 64},    {kBase36, 20},    {kBase36, 32}};
  constexpr int kDraws = 20000;
  for (const auto& [alphabet, length] : cases) {
    int missed = 0, missed_passwords = 0;
    for (int i = 0; i < kDraws; ++i) {
      const string value = drawn(random, alphabet, length);
      missed += !is_random(value);
      missed_passwords += !is_password(value);
    }
    INFO(alphabet << " " << length << " missed " << missed);
    CHECK(missed * 100 < kDraws);
    CHECK(missed_passwords <= missed);
  }
}

TEST_CASE("a UUID of version 4 is random, unless it was made up") {
  std::mt19937 random(4);
  for (int i = 0; i < 1000; ++i) {
    string uuid = drawn(random, "0123456789abcdef", 36);
    for (const size_t joint : {8, 13, 18, 23}) uuid[joint] = '-';
    uuid[14] = '4';
    uuid[19] = "89ab"[random() % 4];
    CAPTURE(uuid);
    REQUIRE(is_random(uuid));
  }
  CHECK_FALSE(is_random("11111111-2222-4111-8222-111111112222"));
  CHECK_FALSE(is_random("00000000-0000-4000-8000-000000000001"));
}

TEST_CASE("names, paths, addresses and versions are not, over 999 in 1000") {
  std::mt19937 random(17);
  constexpr int kDraws = 100000;
  int random_values = 0, passwords = 0;
  for (int i = 0; i < kDraws; ++i) {
    const string text = written(random);
    random_values += is_random(text);
    passwords += is_password(text);
  }
  INFO("taken for random " << random_values << ", for passwords " << passwords);
  CHECK(random_values * 1000 < kDraws);
  CHECK(passwords * 1000 < kDraws);
}

TEST_CASE("what is dropped, by kind") {
  for (const char* text : {"https://vault.internal.net/v1/secret/db",
                           "www.internal.net/a8F3kd92LMq0xz7T",
                           "/usr/local/share/ca-certificates",
                           "./scripts/deploy_production.sh",
                           "../keys/id_ed25519",
                           "settings.production.yaml",
                           "com.example.project.ClassName",
                           "userProfileServiceFactory",
                           "BCryptPasswordEncoder2",
                           "access_token_expiration_seconds",
                           "2026-11-25T13:00:00.000Z",
                           "4.18.0-372.9.1.el8.x86_64",
                           "192.168.100.200:8443",
                           "deploy@build.internal.net",
                           "+49-30-1234567890",
                           "0123456789012345",
                           "0x9e3779b97f4a7c15",
                           "md5:notreallyone",
                           "sha256:abcdef0123456789abcdef",
                           "ssh-ed25519",
                           "$2b$12$abcdefghijklmnopqrstuv",
                           "{SSHA}d0Q0626PSH9VUld7yWpR0k6BlpQmtczb",
                           "data:image/png;base64,iVBORw0KGgo",
                           "button.wp-hide-pw{left:0}.wp-pwd",
                           "Types---------------7K",
                           "getPassword()",
                           "request.form['password']",
                           "std::getenv",
                           "required|min:6|confirmed",
                           "access|refresh|id_token2",
                           "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.signature1",
                           "user->password",
                           "String",
                           "",
                           "short",
                           "9f:86:d0:81:88:4c:7d:65:9a:2f:ea:a0"}) {
    INFO(text);
    CHECK_FALSE(is_random(text));
    CHECK_FALSE(is_password(text));
  }
  CHECK(check_random_value("userProfileServiceFactory", 0).note == "is not random");
  CHECK(check_password_value("userProfileServiceFactory", 0).note == "is no password");
}

TEST_CASE("what is text in another form, or for everybody to see, is dropped") {
  for (const string_view text : {"MjAxOC0wOC0xMVQxNTo1ODowN1o", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"})
    CHECK_FALSE(is_random(string(text)));
  std::mt19937 random(3);
  CHECK_FALSE(is_random("pub" + drawn(random, kHex, 32)));
  CHECK_FALSE(is_random("phc_" + drawn(random, kBase62, 43)));
  CHECK(is_random("pub" + drawn(random, kBase62, 32)));
}

TEST_CASE("what AWS KMS and Sealed Secrets encrypted opens nothing") {
  std::mt19937 random(7);
  const auto base64 = [&](size_t length) { return drawn(random, kBase64, length); };
  CHECK_FALSE(is_random("AQICAH" + base64(200)));
  CHECK_FALSE(is_random("AgB" + base64(700)));
  CHECK(is_random("AQICAH" + base64(40)));
  CHECK(is_random("AgB" + base64(200)));
}

TEST_CASE("a token is no id") {
  CHECK(check_token_text("f5e7a1c0-11b2-4c3d-8e4f-0a1b2c3d4e5f", 0).validity == Validity::invalid);
  std::mt19937 random(3);
  CHECK(check_token_text(drawn(random, kBase62, 40), 0).validity == Validity::unknown);
}

TEST_CASE("passwords need three kinds, a digit and a mark among them, or to be random") {
  for (const char* text : {"Spring2024!", "tr0ub4dor&3", "aB3$xy7Q", "k7#Lm9!pQ2", "N0w!sTheT1me",
                           "xK9mP2vL7q", "Winter2023", "Winter123", "apple4711", "ab|Cd3!xyz"}) {
    INFO(text);
    CHECK(is_password(text));
  }
  for (const char* text : {"springtime", "userPassword2", "user_password_2", "Password", "my-db-1",
                           "springtime!", "aB3$", "confirmPassword", "apple123", "banana12345"}) {
    INFO(text);
    CHECK_FALSE(is_password(text));
  }
}

TEST_CASE("randomness is that of any bytes") {
  CHECK(randomness("") == 0);
  CHECK(randomness("getUserName") < 5);
  CHECK_NOTHROW(randomness(string("\0\xFF\x80", 3)));
  for (int c = 0; c < 256; ++c) CHECK_NOTHROW(is_password(string(12, static_cast<char>(c))));
}

}  // namespace pushguard
