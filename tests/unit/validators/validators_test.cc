// SPDX-License-Identifier: Apache-2.0
// Examples of the checksums, with their values. Prefix and body are separate literals, so that
// no line of this file looks like a token.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "codec/checksums.h"
#include "codec/encodings.h"
#include "codec/marvin32.h"
#include "examples/random_text.h"
#include "validators/aws.h"
#include "validators/base58.h"
#include "validators/registry.h"

using namespace pushguard;
using std::string;

namespace {

constexpr int64_t kNow = 1767225600;  // 2026-01-01

Validity validity(std::string_view validator, std::string_view secret) {
  const Validator* found = find_validator(validator);
  REQUIRE(found);
  return found->check(secret, kNow).validity;
}

string of(size_t count, char c) { return string(count, c); }

struct Vector {
  const char* validator;
  string secret;
  Validity when_altered;
  size_t altered_at;  // the character to change, counted from the end
};

// Another character of the same kind, so that the token keeps its shape.
char altered(char c) {
  if (c == 'z' || c == 'Z' || c == '9' || c == 'f' || c == 'F') return static_cast<char>(c - 1);
  return c == '=' || c == '+' ? 'A' : static_cast<char>(c + 1);
}

std::vector<Vector> worked_examples() {
  const Validity gone = Validity::invalid, weak = Validity::weakened, open = Validity::unknown;
  const string a30 = of(30, 'A'), a50 = of(50, 'A');
  return {
      {"github-crc32", string("ghp") + "_" + "zQWBuTSOoRi4A9sp" + "HcVY5ncnsDkxkJ" + "0mLq17", gone,
       20},
      {"github-crc32", string("gho") + "_" + a30 + "0uCPlr", gone, 20},
      {"github-crc32", string("npm") + "_" + a30 + "0uCPlr", gone, 1},
      {"github-fine-grained",
       string("github") +
           "_pat_"
           "11" +
           of(20, 'A') + "_" + of(43, 'b') + "BH5AFX5U" + of(8, 'c'),
       open, 30},
      {"vercel-crc32", string("vcp") + "_" + a50 + "1cGWCC", weak, 30},
      {"deno-crc32", string("ddp") + "_" + a30 + "3FCJDb", weak, 40},
      {"apify-crc32", string("apify") + "_api_" + a30 + "2THovw", weak, 46},
      {"cloudflare-crc32",
       string("cfut") + "_" + "aAbBcCdDeEfFgGhHiIjJ" + "kKlLmMnNoOpPqQrRsStT" + "03fa099b", weak,
       20},
      {"cloudflare-crc32",
       string("cfk") + "_" + "aAbBcCdDeEfFgGhHiIjJ" + "kKlLmMnNoOpPqQrRsStT" + "03fa099b", weak, 1},
      {"zuplo-crc32", string("zpka") + "_" + "3e6c4f7d39954ca2" + "9353b7ab88589b64" + "_de26cd55",
       weak, 20},
      {"zuplo-crc32", string("zpka") + "_" + "3e6c4f7d39954ca2" + "9353b7ab88589b64" + "_DE26CD55",
       weak, 20},
      {"confluent-crc32", string("cflt") + of(54, 'A') + "FZQbVQ", weak, 30},
      {"grafana-crc32", string("glsa") + "_" + of(32, 'A') + "_d8dc8af3", gone, 46},
      {"atlassian-crc32", string("ATBB") + of(24, 'A') + "161F510F", gone, 36},
      {"gitlab-routable",
       string("glpat") + "-" + "AAAAAAAAAAAAAAAAAAAAAG86MQp1OjEH" + ".01.0w" + "1jueeek", gone, 40},
      {"azure-identifiable", of(76, 'a') + "+A" + "St" + "5mnCaw==", gone, 40},
      {"azure-cask", of(52, 'A') + "JQQJ" + "99BA" + of(16, 'A') + "AZDO" + "4IOp", weak, 84},
      {"azure-cask", of(52, 'A') + "JQQJ" + "99BA" + of(16, 'A') + "AZDO" + "4IOp9Q==", weak, 88},
      {"entra-secret", string("zzz8") + "Q~" + of(31, 'z') + "blP", weak, 20},
      {"azure-devops-legacy", string("aaagaaaaaaamshqaaaaaaaaaaa") + "aaaaaaaaamiaaaaaaaaaaaaaaa",
       weak, 30},
      {"age-identity",
       string("AGE-SECRET-") + "KEY-1" + "GFPYYSJZGFPYYSJZGFPYYSJZ" + "GFPYYSJZGFPYYSJZGFPYYSJZ" +
           "GFPQ" + "4EGAEX",
       weak, 20},
      {"base58check-key", string("5HueCGU8rMjxEXxiPuD5BDku") + "4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", weak,
       20},
      {"xrp-seed", string("snoPBrXtMeMyM") + "HUVTgbuqAfg1SUTb", weak, 10},
  };
}

}  // namespace

TEST_CASE("primitives give their published values") {
  CHECK(crc32_of("123456789") == 0xCBF43926);
  CHECK(crc16_xmodem("123456789") == 0x31C3);
  CHECK(marvin64(0xD53CD9CECD0893B7, "abc") == 0x22C74339492769BF);
  CHECK(marvin64(0x0DDDDEEEEFFFF000, kLower) == 0xA128EB7E7260ACA2);
  CHECK(marvin_seed("Default0") == 0x44656661756C7430);
  CHECK(base64_encode("foobar") == "Zm9vYmFy");
  CHECK(base64_decode("Zm8=") == "fo");
  CHECK(base64_decode("Zm8") == "fo");
  CHECK_FALSE(base64_decode("Z"));
  CHECK_FALSE(base64_decode("Zm 8"));
  CHECK(base64_decode("_-8") == base64_decode("/+8="));
  CHECK(base32_encode("foobar") == "MZXW6YTBOI");
  CHECK(base32_decode("mzxw6ytboi") == "foobar");
  CHECK(percent_decode("a%2Fb%zz%4") == "a/b%zz%4");
}

TEST_CASE("worked examples are valid, and one other character is not") {
  for (Vector vector : worked_examples()) {
    CAPTURE(vector.validator, vector.secret.size());
    CHECK(validity(vector.validator, vector.secret) == Validity::valid);
    char& c = vector.secret[vector.secret.size() - vector.altered_at];
    c = altered(c);
    CHECK(validity(vector.validator, vector.secret) == vector.when_altered);
  }
}

TEST_CASE("every place of a sealed token is covered") {
  string token = string("ghp") + "_" + of(36, 'A');
  find_validator("github-crc32")->seal(token);
  for (size_t i = 4; i < token.size(); ++i) {
    string other = token;
    other[i] = altered(other[i]);
    CHECK(validity("github-crc32", other) == Validity::invalid);
  }
}

TEST_CASE("a checksum that a format lacks drops nothing") {
  // Fine-grained and stateless tokens have another form than classic ones.
  CHECK(validity("github-crc32", string("github") + "_pat_" + of(82, 'A')) == Validity::unknown);
  CHECK(validity("github-crc32", string("ghs") + "_123456_" + of(500, 'e')) == Validity::unknown);
  CHECK(validity("github-fine-grained", string("github") + "_pat_" + of(82, 'A')) ==
        Validity::unknown);
  CHECK(validity("gitlab-routable", string("glpat") + "-" + of(20, 'A')) == Validity::unknown);
  CHECK(validity("azure-identifiable", of(86, 'a') + "==") == Validity::unknown);
  CHECK(validity("entra-secret", string("zzz7") + "Q~" + of(31, 'z')) == Validity::unknown);
}

TEST_CASE("Atlassian's separator may be escaped") {
  string plain = string("ATATT3") + of(170, 'x') + "=" + of(8, '0');
  find_validator("atlassian-crc32")->seal(plain);
  const size_t separator = plain.rfind('=');
  for (const char* form : {"=", "\\=", "%3D", "%3d"}) {
    string escaped = plain;
    escaped.replace(separator, 1, form);
    CHECK(validity("atlassian-crc32", escaped) == Validity::valid);
  }
  CHECK(validity("atlassian-crc32", plain.erase(separator, 1)) == Validity::invalid);
}

TEST_CASE("GitLab: instance prefixes, other kinds, and the early form") {
  const string payload = "AAAAAAAAAAAAAAAAAAAAA"
                         "G86MQp1OjEH",
               filler = of(7, '0');
  const Validator* gitlab = find_validator("gitlab-routable");
  string prefixed = string("acme-glpat") + "-" + payload + ".01.0w" + filler;
  gitlab->seal(prefixed);
  CHECK(gitlab->check(prefixed, kNow).validity == Validity::valid);

  // The CRC may cover the token without its outer prefix.
  string inner = "t1_" + payload + ".01.0w" + filler;
  gitlab->seal(inner);
  CHECK(gitlab->check(string("glrt") + "-" + inner, kNow).validity == Validity::valid);
  string runner = string("glrt") + "-t1_" + payload + ".01.0w" + filler;
  CHECK(gitlab->check(runner, kNow).validity == Validity::weakened);

  string early = string("glpat") + "-" + payload + ".0w" + filler;
  CHECK(gitlab->check(early, kNow).validity == Validity::unknown);
  gitlab->seal(early);
  CHECK(gitlab->check(early, kNow).validity == Validity::valid);

  // The size digits and the size in the payload are further checks.
  for (string broken :
       {string("glpat") + "-" + payload + ".01.0v" + filler, string("glpat") + "-" +
                                                                 "AAAAAAAAAAAAAAAAAAAAA"
                                                                 "G86MQp1OjEI" +
                                                                 ".01.0w" + filler}) {
    gitlab->seal(broken);
    CHECK(gitlab->check(broken, kNow).validity == Validity::invalid);
  }
}

TEST_CASE("Redis keys may have letters for signs") {
  string key = of(33, 'b') + "Az" + "Ca" + "AAAAAA=";
  const string covered = base64_decode(key)->substr(0, 28);
  string right = base64_encode(covered + marvin_bytes(marvin_seed("Access00"), covered));
  CHECK(validity("azure-identifiable", right) == Validity::valid);
  for (char& c : right) c = c == '+' ? 'P' : c == '/' ? 'F' : c;
  CHECK(validity("azure-identifiable", right) == Validity::valid);
}

TEST_CASE("Azure keys of every seed are recognised, and some seeds say the privilege") {
  const std::pair<const char*, const char*> seeds[] = {{"Default0", ""},
                                                       {"AbAcct00", ""},
                                                       {"Classic0", ""},
                                                       {"Access00", ""},
                                                       {"ACRDflt0", ""},
                                                       {"UsrPwd00", ""},
                                                       {"AadPwd00", ""},
                                                       {"Query000", ": query key"},
                                                       {"PAdmin00", ": primary admin key"},
                                                       {"Send0000", ": send key"},
                                                       {"Listen00", ": listen key"},
                                                       {"Manage00", ": manage key"},
                                                       {"System00", ": system key"},
                                                       {"Unknown0", ""},
                                                       {"Functi00", ": function key"},
                                                       {"Master00", ": master key"},
                                                       {"IoTHub00", ""},
                                                       {"DpsKey00", ""},
                                                       {"Device00", ": device key"},
                                                       {"Tenant00", ": tenant key"},
                                                       {"Gatewy00", ": gateway key"},
                                                       {"GitKey00", ": git key"},
                                                       {"MastRO00", ": read-only master key"},
                                                       {"MastRW00", ": read-write master key"},
                                                       {"SystRO00", ": read-only system key"},
                                                       {"SystRW00", ": read-write system key"},
                                                       {"SysAll00", ": all-system key"},
                                                       {"Resour00", ""},
                                                       {"Encryp00", ""}};
  for (const auto& [seed, privilege] : seeds) {
    CAPTURE(seed);
    const string covered = base64_decode(of(76, 'b') + "AC" + "Db" + "AAAAAA==")->substr(0, 60);
    const string key = base64_encode(covered + marvin_bytes(marvin_seed(seed), covered));
    const Validation verdict = find_validator("azure-identifiable")->check(key, kNow);
    CHECK(verdict.validity == Validity::valid);
    CHECK(verdict.note == string("checksum is valid") + privilege);
  }
}

TEST_CASE("early annotated keys have the checksum in plain base64") {
  const string covered = of(52, 'A') + "JQQJ" + "99BA" + of(16, 'A') + "AZDO";
  const string check =
      base64_encode(marvin_bytes(marvin_seed("Default0"), *base64_decode(covered)));
  CHECK(validity("azure-cask", covered + check) == Validity::valid);
  CHECK(validity("azure-cask", covered + check.substr(0, 4)) == Validity::valid);
}

TEST_CASE("AWS key ids name their account") {
  CHECK(aws_account_of(string("ASIA") + "Y34FZKBOKMUTVV7A") == "609629065308");
  CHECK(aws_account_of(string("ASIA") + "QNZGKIQY56JQ7WML") == "029608264753");
  CHECK(aws_account_of(string("AKIA") + "IOSFODNN7EXAMPLE") == "581039954779");
  CHECK_FALSE(aws_account_of(string("AKIA") + "1234567890ABCDEF"));
  CHECK(validity("aws-key-id", string("AKIA") + "IOSFODNN7EXAMPLE") == Validity::invalid);
  const Validator* aws = find_validator("aws-key-id");
  CHECK(aws->check(string("ASIA") + "Y34FZKBOKMUTVV7A", kNow).note == "account 609629065308");
  CHECK(aws->check(string("AKIA") + "JY34FZKBOKMUTVV7", kNow).note.empty());
}

TEST_CASE("sealing gives what checking accepts") {
  struct Form {
    const char* validator;
    string front;
    std::string_view alphabet;
    size_t size;
    string back;
    Validity best = Validity::valid;
  };
  constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  constexpr std::string_view kXrpLetters = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oF";
  constexpr std::string_view kBech32Upper = "023456789ACDEFGHJKLMNPQRSTUVWXYZ";
  const Form forms[] = {
      {"github-crc32", "ghp_", kBase62UpperFirst, 36, ""},
      {"github-crc32", "ghr_", kBase62UpperFirst, 76, ""},
      {"github-fine-grained", "github_pat_", kBase62UpperFirst, 82, ""},
      {"vercel-crc32", "vck_", kBase62UpperFirst, 56, ""},
      {"deno-crc32", "ddo_", kBase62UpperFirst, 36, ""},
      {"apify-crc32", "apify_api_", kBase62UpperFirst, 36, ""},
      {"cloudflare-crc32", "cfat_", kBase62UpperFirst, 48, ""},
      {"zuplo-crc32", "zpka_", kHexLower, 32, "_00000000"},
      {"confluent-crc32", "cflt", kBase62UpperFirst, 60, ""},
      {"grafana-crc32", "glsa_", kBase62UpperFirst, 32, "_00000000"},
      {"atlassian-crc32", "ATCTT3", kBase64Url, 177, "=00000000"},
      {"azure-identifiable", "", kBase62UpperFirst, 76, "+AStAAAAAA=="},
      {"azure-identifiable", "", kBase62UpperFirst, 33, "+ASbAAAAAA="},
      {"azure-identifiable", "", kBase62UpperFirst, 42, "AzSeAAAAAA"},
      {"azure-identifiable", "", kBase64Url, 44, "AzFuAAAAAA=="},
      {"azure-cask", "", kBase62UpperFirst, 52,
       "JQQJ99"
       "BA" +
           of(16, 'A') + "ACOG0000"},
      {"entra-secret", "abc8Q~", kBase62UpperFirst, 34, ""},
      {"azure-devops-legacy", "", "abcdefghijklmnopqrstuvwxyz234567", 52, ""},
      {"nats-seed", "SU", kBase32, 56, ""},
      {"nats-seed", "SO", kBase32, 56, ""},
      {"stellar-seed", "S", kBase32, 55, ""},
      {"age-identity", "AGE-SECRET-KEY-1", kBech32Upper, 58, ""},
      {"nostr-key", "nsec1", "023456789acdefghjklmnpqrstuvwxyz", 58, ""},
      {"base58check-key", "5", kBase58Digits, 50, ""},
      {"base58check-key", "xprv", kBase58Digits, 107, ""},
      {"xrp-seed", "s", kXrpLetters, 28, ""},
      {"xrp-seed", "sEd", kXrpLetters, 28, ""},
      {"eos-key", "PVT_K1_2A", kBase58Digits, 48, ""},
      {"eos-key", "PVT_R1_2A", kBase58Digits, 48, ""},
      {"cisco-type7", "15", kHexUpper, 24, ""},
      {"gpp-cpassword", "", kBase62UpperFirst, 43, ""},
      {"gpp-cpassword", "", kBase62UpperFirst, 64, ""},
      {"rclone-obscured", "", kBase64Url, 38, ""},
      {"data-center-pat", "", kBase62UpperFirst, 44, ""},
      {"data-center-pat", "BBDC-", kBase62UpperFirst, 44, ""},
      {"object-id-time", "PMAK-", kHexLower, 24, "-" + of(34, 'c'), Validity::unknown},
      {"ulid-time", "PMAT-", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26, "", Validity::unknown},
      {"ulid-time", "pdl_live_apikey_", kBase36, 26, "_" + of(22, 'x'), Validity::unknown},
      {"base64-32", "", kBase62UpperFirst, 43, "=", Validity::unknown},
      {"base64-64", "", kBase62UpperFirst, 86, "==", Validity::unknown},
      {"wireguard-key", "", kBase62UpperFirst, 43, "=", Validity::unknown},
      {"uuid", "", kHexLower, 8, "-1234-f234-c234-" + of(12, 'b'), Validity::unknown},
      {"discord-token", "M", kBase64Url, 23, "." + of(6, 'a') + "." + of(27, 'b'),
       Validity::unknown},
      {"discord-token", "M", kBase64Url, 25, "." + of(6, 'a') + "." + of(38, 'b'),
       Validity::unknown},
  };
  std::set<std::string_view> sealed = {"gitlab-routable"};  // tested above: its payload has a form
  for (const Form& form : forms) {
    sealed.insert(form.validator);
    const Validator* validator = find_validator(form.validator);
    for (uint64_t seed = 0; seed < 50; ++seed) {
      string secret =
          form.front + RandomText(seed).characters(form.alphabet, form.size) + form.back;
      const size_t size = secret.size();
      validator->seal(secret);
      CAPTURE(form.validator, seed);
      CHECK(secret.size() == size);
      CHECK(secret.starts_with(form.front.substr(0, 1)));
      const Validation verdict = validator->check(secret, kNow);
      CHECK(verdict.validity == form.best);
      CHECK_FALSE(verdict.note.empty());
    }
  }
  for (const Validator& validator : all_validators()) {
    CHECK((sealed.count(validator.name) == 1) == (validator.seal != nullptr));
  }
}
