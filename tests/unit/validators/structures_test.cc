// SPDX-License-Identifier: Apache-2.0
// Validators that parse a structure, and the promises of all validators.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "codec/encodings.h"
#include "examples/example.h"
#include "validators/jwt_signature.h"
#include "validators/registry.h"

using namespace pushguard;
using std::string;
using std::string_view;

namespace {

constexpr int64_t kNow = 1767225600, kDay = 86400;  // 2026-01-01

Validation check(std::string_view validator, std::string_view secret, int64_t now = kNow) {
  const Validator* found = find_validator(validator);
  REQUIRE(found);
  return found->check(secret, now);
}

Validity validity(std::string_view validator, std::string_view secret) {
  return check(validator, secret).validity;
}

string example(std::string_view pattern) { return ExampleGenerator(7).expand(pattern); }

string of(size_t count, char c) { return string(count, c); }

string jwt(string header, string payload, string signature) {
  return base64url_encode(header) + "." + base64url_encode(payload) + "." + signature;
}

string replaced(string text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

string hex(std::string_view bytes) {
  string text;
  for (const char c : bytes) text += to_base(static_cast<uint8_t>(c), kHexLower, 2);
  return text;
}

}  // namespace

TEST_CASE("JWT: structure, signature, dates") {
  const string hs256 = R"({"alg":"HS256","typ":"JWT"})", signature = of(43, 'c');
  CHECK(check("jwt", example("{jwt}")).note == "structure is valid");
  CHECK(validity("jwt", example("{jwt}")) == Validity::unknown);
  CHECK(check("jwt", example("{jwt:expired}")).note == "expired on 2020-01-01");
  CHECK(validity("jwt", example("{jwt:expired}")) == Validity::weakened);

  CHECK(validity("jwt", jwt(hs256, "{}", signature)) == Validity::unknown);
  CHECK(validity("jwt", jwt(hs256, "[]", signature)) == Validity::weakened);
  CHECK(validity("jwt", jwt("{\"typ\":\"JWT\"}", "{}", signature)) == Validity::weakened);
  CHECK(validity("jwt", jwt("{\"alg\":7}", "{}", signature)) == Validity::weakened);
  CHECK(validity("jwt", jwt(hs256, "{}", "~")) == Validity::weakened);
  CHECK(validity("jwt", jwt(hs256, "{}", "")) == Validity::weakened);
  CHECK(validity("jwt", jwt("{\"alg\":\"nOnE\"}", "{}", signature)) == Validity::weakened);
  CHECK(validity("jwt", jwt(of(5000, '['), "{}", signature)) == Validity::weakened);

  // A token in base64, as in a Secret of Kubernetes.
  CHECK(validity("jwt", base64_encode(example("{jwt}"))) == Validity::unknown);
  CHECK(check("jwt", base64_encode(example("{jwt:expired}"))).note == "expired on 2020-01-01");

  // Clocks may differ by a day.
  const string at_now = jwt(hs256, "{\"exp\":" + std::to_string(kNow) + "}", signature);
  CHECK(check("jwt", at_now, kNow + kDay).validity == Validity::unknown);
  CHECK(check("jwt", at_now, kNow + kDay + 1).note == "expired on 2026-01-01");
  for (const char* odd : {"1e300", "-1e300", "\"soon\"", "null", "18446744073709551615", "4e9"}) {
    CHECK(validity("jwt", jwt(hs256, string("{\"exp\":") + odd + "}", signature)) !=
          Validity::invalid);
  }
}

TEST_CASE("JWT: sample secrets of the documentation") {
  const string payload = R"({"sub":"1234567890","name":"John Doe","iat":1516239022})";
  const struct {
    const char* algorithm;
    string signature;
  } samples[] = {
      {"HS256", string("SflKxwRJSMeKKF2QT4fw") + "pMeJf36POk6yJV_adQssw5c"},
      {"HS384", string("RGFdh_VuEuURSubru7xP4rbaA4boUyue") + "I7rEm75l1cNdE9gQ7H6mx2DYpauBjX5S"},
      {"HS512", string("wUVS6tazE2N98_J4SH_djkEe1igXPu0qILAvVXCiO6O") +
                    "20gdf5vZ2sYFWX3c-Hy6L4TD47b3DSAAO9XjSqpJfag"},
  };
  for (const auto& [algorithm, signature] : samples) {
    const string header = string("{\"alg\":\"") + algorithm + "\",\"typ\":\"JWT\"}";
    CHECK(check("jwt", jwt(header, payload, signature)).note ==
          "signed with a well-known sample secret");
    CHECK(check("jwt", jwt(header, "{}", signature)).note == "structure is valid");
  }
  // A key longer than the block is hashed first.
  CHECK(hex(jwt_hmac("HS384", of(200, 'k'), "abc")) ==
        "88d48bad4ff0f4e74f8a79bf94bad626cd6cc6d462db5251"
        "698e519ddfde66b2f2c158f5140830a9fab4b588f0aca7dc");
}

TEST_CASE("PEM: whole, encrypted, cut, dummy") {
  for (const char* kind :
       {"{pem:rsa}", "{pem:ec}", "{pem:dsa}", "{pem:pkcs8}", "{openssh:clear}"}) {
    CAPTURE(kind);
    const string key = example(kind);
    CHECK(validity("pem-private-key", key) == Validity::valid);
    CHECK(validity("pem-private-key", replaced(key, "\n", "\r\n")) == Validity::valid);
    CHECK(validity("pem-private-key", replaced(key, "\n", "\\n")) == Validity::valid);
    CHECK(validity("pem-private-key", replaced(key, "\n", "\\r\\n")) == Validity::valid);
    CHECK(validity("pem-private-key", replaced(key, "\n", "\\\\n")) == Validity::valid);
    CHECK(validity("pem-private-key", replaced(key, "\n", "\n    ")) == Validity::valid);
    CHECK(validity("pem-private-key", replaced(key, "\n", "\",\n  \"")) == Validity::valid);
    CHECK(validity("pem-private-key", replaced(key, "\n", " ")) == Validity::valid);
    // A key that was cut off proves nothing, but is no dummy.
    CHECK(validity("pem-private-key", key.substr(0, key.size() * 3 / 4)) == Validity::unknown);
  }
  for (const char* kind : {"{pem:rsa-encrypted}", "{pem:pkcs8-encrypted}", "{openssh:encrypted}"}) {
    CHECK(check("pem-private-key", example(kind)).note == "encrypted: needs its passphrase");
    CHECK(validity("pem-private-key", example(kind)) == Validity::weakened);
  }
  const string rule = "-----", begin = rule + "BEGIN ", end = rule + "END ";
  const string rsa = "RSA PRIVATE KEY" + rule, pgp = "PGP PRIVATE KEY BLOCK" + rule;
  for (const string body :
       {"\n", "\n...\n", "\nMIIEpAIBAAKCAQEA...\n", "\n<your private key here>\n"}) {
    CHECK(validity("pem-private-key", begin + rsa + body + end + rsa) == Validity::invalid);
  }
  CHECK(validity("pem-private-key", begin + rsa + of(200, 'x') + end + rsa) == Validity::unknown);
  CHECK(validity("pem-private-key", begin + pgp + "\n" + of(200, 'x') + end + pgp) ==
        Validity::unknown);
  const string parameters = "EC PARAMETERS" + rule;
  CHECK(validity("pem-private-key", begin + parameters + "\nBggqhkjOPQMBBw==\n" + end + parameters +
                                        "\n" + example("{pem:ec}")) == Validity::valid);
}

TEST_CASE("tokens with a record inside") {
  for (const auto& [validator, pattern] : {std::pair{"pypi-macaroon", "{pypi}"},
                                           {"sentry-org", "{sentry}"},
                                           {"vault-service", "{vault}"},
                                           {"jfrog-reference", "{jfrog}"}}) {
    CAPTURE(validator);
    string token = example(pattern);
    CHECK(validity(validator, token) == Validity::valid);
    CHECK(validity(validator, token.substr(0, token.size() - 4)) == Validity::weakened);
    CHECK(validity(validator, token + "AAAA") == Validity::weakened);
  }
  CHECK(validity("vault-service", example("hvs.{b62:24}")) == Validity::unknown);
  CHECK(validity("pypi-macaroon", example("pypi-AgEIcHlwaS5vcmc{b64u:140}")) == Validity::weakened);

  const string expired = base64_encode("reftkn:01:1704067200:" + of(27, 'q'));
  CHECK(check("jfrog-reference", expired).note == "expired on 2024-01-01");
  CHECK(check("jfrog-reference", expired).validity == Validity::weakened);
  CHECK(check("jfrog-reference", expired, 1704067200).validity == Validity::valid);
}

TEST_CASE("marks of AI providers") {
  const string mark = string("T3Blbk") + "FJ";
  CHECK(validity("openai-infix", example("sk-{b62:20}" + mark + "{b62:20}")) == Validity::valid);
  CHECK(validity("openai-infix", example("sk-proj-{b64u:74}" + mark + "{b64u:74}")) ==
        Validity::valid);
  CHECK(validity("openai-infix", example("sk-svcacct-{b62:58}" + mark + "{b62:58}")) ==
        Validity::valid);
  CHECK(validity("openai-infix", example("sk-proj-{b62:74}" + mark + "{b62:73}")) ==
        Validity::weakened);
  CHECK(validity("openai-infix", example("sk-proj-{b62:156}")) == Validity::weakened);

  const string anthropic = string("sk-") + "ant-";
  CHECK(validity("anthropic-suffix", example(anthropic + "api03-{b64u:93}AA")) ==
        Validity::unknown);
  CHECK(validity("anthropic-suffix", example(anthropic + "admin01-{b64u:93}AA")) ==
        Validity::unknown);
  CHECK(validity("anthropic-suffix", example(anthropic + "api03-{b64u:93}AB")) ==
        Validity::weakened);
  CHECK(validity("anthropic-suffix", example(anthropic + "api03-{b64u:90}AA")) ==
        Validity::weakened);

  CHECK(validity("huggingface-letters", example("hf_{alpha:34}")) == Validity::unknown);
  CHECK(validity("huggingface-letters", example("hf_{alpha:33}7")) == Validity::weakened);
}

TEST_CASE("bot tokens") {
  // The id in Discord's documentation, from July 2016.
  const string id = base64url_encode("198622483471925248");
  const string rest = "." + of(6, 'C') + "." + of(27, 'z');
  CHECK(check("discord-token", id + rest).note == "structure is valid");
  CHECK(validity("discord-token", id + rest) == Validity::unknown);
  CHECK(check("discord-token", id + rest, 1467000000).validity == Validity::weakened);
  CHECK(check("discord-token", id + rest, 1467400000).validity == Validity::unknown);
  CHECK(validity("discord-token", id + "." + of(5, 'C') + "." + of(27, 'z')) == Validity::weakened);
  CHECK(validity("discord-token", base64url_encode("19862248347192524x") + rest) ==
        Validity::weakened);
  CHECK(validity("discord-token", base64url_encode("99999999999999999999") + rest) ==
        Validity::weakened);

  CHECK(validity("telegram-bot", example("1102015432:AA{b64u:33}")) == Validity::unknown);
  CHECK(validity("telegram-bot", example("123456:AA{b64u:33}")) == Validity::weakened);
  CHECK(validity("telegram-bot", example("1102015432:AA{b64u:32}")) == Validity::weakened);
}

TEST_CASE("passwords and the templates for them") {
  const auto basic = [](string text) { return validity("basic-auth", base64_encode(text)); };
  CHECK(validity("basic-auth", example("{basic}")) == Validity::unknown);
  CHECK(basic("admin:Tr0ub4dor&3") == Validity::unknown);
  CHECK(basic(":tok:en:99x") == Validity::unknown);
  CHECK(basic("müller:pässword") == Validity::unknown);
  CHECK(basic("user:") == Validity::invalid);
  CHECK(basic("user:$PASSWORD") == Validity::invalid);
  CHECK(basic("no colon") == Validity::invalid);
  CHECK(basic("user:\x01\x02") == Validity::weakened);
  CHECK(basic("user:\xff\xfe") == Validity::weakened);
  CHECK(basic("foo:b&r9") == Validity::weakened);
  CHECK(basic("bob:OpenSesame") == Validity::weakened);
  CHECK(validity("basic-auth", "not base64!") == Validity::invalid);

  for (const char* text :
       {"", "$VAR", "$DB_PASS2", "$password", "${DB_PASSWORD}", "$(cat pw)", "<password>",
        "{{ password }}", "{password}", "#{pw}", "***", "%s", "%(password)s", "%PASSWORD%",
        "%24%7BVAR%7D", "%3Cpassword%3E", "REGISTRY_PASSWORD"}) {
    CAPTURE(text);
    CHECK(validity("url-password", text) == Validity::invalid);
    if (string_view(text).find("%24") && string_view(text).find("%3C")) {
      CHECK(validity("chosen-password", text) == Validity::invalid);
    }
  }
  for (const char* text :
       {"hunter22", "$ecret99", "p%40ssw0rd9", "a$b", "<3hearts", "${open", "100%", "$",
        "s3cr3t***", "Spring2024", "fun2db!", "platformer129", "former123"}) {
    CAPTURE(text);
    CHECK(validity("url-password", text) == Validity::unknown);
  }
}

TEST_CASE("passwords that are words, or short, are worth less") {
  for (const char* text :
       {"hunter2", "fun2db", "too-late-in-file", "correct-password", "gopher@golang.org",
        "DebianIsTheBest", "bobwillknow", "passwo^rd", "platformer123"}) {
    CAPTURE(text);
    CHECK(validity("url-password", text) == Validity::weakened);
    CHECK(validity("chosen-password", text) == Validity::weakened);
  }
  for (const char* text : {"p%40ss", "%F0%9F%92%A9", "%EF%BF", "pa%2Fssword"}) {
    CAPTURE(text);
    CHECK(validity("url-password", text) == Validity::weakened);
  }
  for (const char* pattern : {"{b62:9}", "{b62:12}", "{b62:20}", "{lower:20}", "{b64u:32}"}) {
    size_t kept = 0;
    ExampleGenerator generator(11);
    for (int i = 0; i < 500; ++i) {
      kept += validity("chosen-password", generator.expand(pattern)) == Validity::unknown;
    }
    CAPTURE(pattern);
    CHECK(kept >= 495);
  }
}

TEST_CASE("hosts that are set aside for documentation") {
  const auto for_show = [](string_view after) {
    return find_validator("url-password")->is_for_show("", after);
  };
  for (const char* after : {"@example.com/", "@db.example.org:5432", "@EXAMPLE.NET", "@a.test\"",
                            "@x.invalid ", "@proxy.example:80", "@192.0.2.7/", "@203.0.113.255",
                            "@198.51.100.1:22", "@db.localhost"}) {
    CAPTURE(after);
    CHECK(for_show(after));
  }
  for (const char* after :
       {"", "@", "example.com", "@example.com.attacker.net", "@myexample.com", "@192.0.20.7",
        "@localhost:5432", "@db.internal.net", "@attest", "@example.de", "@127.0.0.1"}) {
    CAPTURE(after);
    CHECK_FALSE(for_show(after));
  }
}

TEST_CASE("base64 of words is no secret, that of a password is") {
  for (const char* text : {"secret is secure", "this is password", "password\n"}) {
    CHECK(validity("random-value", base64_encode(text)) == Validity::invalid);
    CHECK(validity("password-value", base64_encode(text)) == Validity::invalid);
  }
  CHECK(validity("random-value", "000102030405060708090A0B0C0D0E0F") == Validity::invalid);
  CHECK(validity("random-value", "000102030405060708090A0B0C0D0E10") == Validity::unknown);
  CHECK(validity("random-value", base64_encode("Winter2024!!")) == Validity::unknown);
  CHECK(validity("random-value", base64_encode(example("{lower:24}"))) == Validity::unknown);
}

TEST_CASE("a Docker configuration is worth what its password is worth") {
  const auto config = [](string login) {
    return validity("docker-config", base64_encode("{\"auths\":{\"r.internal.net\":{" + login));
  };
  const auto auth = [&](string text) {
    return config("\"auth\": \"" + base64_encode(text) + "\"}}}");
  };
  CHECK(auth("bob:" + example("{b62:16}")) == Validity::unknown);
  CHECK(auth("test-user:test-password") == Validity::weakened);
  CHECK(auth("bob:") == Validity::invalid);
  CHECK(config("\"username\":\"bob\",\"password\":\"fake-password\"}}") == Validity::weakened);
  CHECK(config("\"username\":\"bob\",\"password\":\"cut") == Validity::unknown);
}

TEST_CASE("a key of Rails under 'test:' is one that Rails has people commit") {
  const auto for_show = [](string_view before) {
    return find_validator("rails-secret")->is_for_show(before, "");
  };
  CHECK(for_show("a: 1\ntest:\n  secret_key_base: "));
  CHECK(for_show("development:\r\n  secret_key_base: "));
  CHECK_FALSE(for_show("production:\n  secret_key_base: "));
  CHECK_FALSE(for_show("latest:\n  secret_key_base: "));
  CHECK_FALSE(for_show("secret_key_base: "));
}

TEST_CASE("private keys in the string literals of a program are read") {
  const string pem = example("{pem:rsa}");
  for (const auto& [newline, name] : {std::pair{"\\n\" +\n      \"", "Java"},
                                      {"\\n\"\n    + \"", "operator first"},
                                      {"'#10+\n    '", "Pascal"}}) {
    CAPTURE(name);
    CHECK(validity("pem-private-key", replaced(pem, "\n", newline)) == Validity::valid);
  }
  const size_t body = pem.find('\n') + 1;
  CHECK(validity("pem-private-key", string(pem).insert(body, "keyID: AB:CD\n\n")) ==
        Validity::valid);
}

TEST_CASE("names are unique and found") {
  std::set<std::string_view> names;
  for (const Validator& validator : all_validators()) {
    CHECK(names.insert(validator.name).second);
    CHECK(find_validator(validator.name) == &validator);
    CHECK_FALSE(validator.summary.empty());
  }
  CHECK(find_validator("") == nullptr);
  CHECK(find_validator("github") == nullptr);
}

TEST_CASE("any bytes of any size are answered, and no note repeats them") {
  const string stems[] = {"",
                          "ghp_",
                          "glpat-",
                          "hvs.CAES",
                          "pypi-",
                          "sntrys_",
                          "sk-proj-",
                          "nsec1",
                          "SU",
                          "xprv",
                          "eyJ",
                          "ATATT3",
                          "zzz8Q~",
                          "AGE-SECRET-KEY-1",
                          "$9$",
                          "PVT_K1_",
                          "ops_",
                          "sk.",
                          "glc_",
                          "BBDC-",
                          "ABSK",
                          "6P",
                          "PMAK-",
                          "se=",
                          "X-Amz-Date=",
                          "bedrock-api-key-",
                          "ZXlK",
                          string("-----") + "BEGIN RSA PRIVATE KEY-----",
                          "github_pat_",
                          "cflt"};
  constexpr std::string_view kPieces[] = {"",  "=", ".",  "..",   ".01.", ":",
                                          "_", "%", "\\", "AzCa", "-"};
  RandomText random(1);
  for (size_t size = 0; size <= 200; ++size) {
    for (const string& stem : stems) {
      const bool is_text = random.next() % 2 == 0;
      string secret =
          stem + (is_text ? random.characters(kBase62UpperFirst, size) : random.bytes(size));
      secret.insert(random.next() % (secret.size() + 1),
                    kPieces[random.next() % std::size(kPieces)]);
      for (const Validator& validator : all_validators()) {
        for (const int64_t now : {kNow, INT64_MIN, INT64_MAX}) {
          const string note = validator.check(secret, now).note;
          if (secret.size() > 12) CHECK(note.find(secret) == note.npos);
        }
        if (!validator.seal) continue;
        string sealed = secret;
        validator.seal(sealed);
        if (sealed.size() != secret.size()) FAIL(validator.name);
      }
    }
  }
  for (const Validator& validator : all_validators()) validator.check(of(1 << 20, '='), kNow);
  for (const Validator& validator : all_validators()) validator.check(of(1 << 20, 'A'), kNow);
}

TEST_CASE("a seal changes no size, however the value is padded") {
  RandomText random(2);
  for (size_t size = 1; size <= 130; ++size) {
    for (size_t padding = 0; padding <= 3; ++padding) {
      const string secret = random.characters(kBase62UpperFirst, size) + string(padding, '=');
      for (const Validator& validator : all_validators()) {
        if (!validator.seal) continue;
        string sealed = secret;
        validator.seal(sealed);
        INFO(validator.name << ", " << size << " characters and " << padding << " of padding");
        CHECK(sealed.size() == secret.size());
      }
    }
  }
}
