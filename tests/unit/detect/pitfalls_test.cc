// SPDX-License-Identifier: Apache-2.0
// Known mistakes of rules for secrets, tested on the built-in rules.
//
// All text is made at run time, and no line of this file looks like a token. There is no name
// like "secret" beside a value, so that only the provider's own rule matches.
#include <re2/re2.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "codec/checksums.h"
#include "codec/encodings.h"
#include "detect/scanner.h"
#include "examples/example.h"
#include "examples/rule_example.h"
#include "rules/built_in.h"
#include "rules/rule_file.h"
#include "validators/registry.h"

using namespace pushguard;
using std::string;

namespace {

constexpr int64_t kNow = 1767225600, kDay = 86400;  // 2026-01-01

struct Found {
  string rule, secret, note;
  Confidence confidence;
};

std::vector<Found> scan(const string& text, int64_t now = kNow) {
  Scanner scanner({&built_in_rules(), &built_in_file_rules()}, built_in_templates(), now);
  std::vector<Found> found;
  for (const Match& match : scanner.scan(text)) {
    if (match.rule->keywords.empty()) continue;  // rules about files by name; this has no name
    found.push_back({string(match.rule->id), text.substr(match.secret.begin, match.secret.size()),
                     match.note, match.confidence});
  }
  return found;
}

// The highest confidence of all findings: "nothing", "possible", "likely" or "confirmed".
string surest(const string& text, int64_t now = kNow) {
  const auto found = scan(text, now);
  const auto best = std::ranges::max_element(found, {}, &Found::confidence);
  return best == found.end() ? "nothing" : string(to_string(best->confidence));
}

bool blocks(const string& text) { return surest(text) == "likely" || surest(text) == "confirmed"; }

string made(std::string_view pattern, uint64_t seed = 11) {
  return ExampleGenerator(seed).expand(pattern);
}

string sealed(std::string_view validator, string secret) {
  find_validator(validator)->seal(secret);
  return secret;
}

string base62(std::string_view covered, std::string_view alphabet = kBase62UpperFirst) {
  return to_base(crc32_of(covered), alphabet, 6);
}

}  // namespace

TEST_CASE("pitfall 1: fine-grained GitHub tokens have no classic checksum") {
  const string token = made("github_pat_{b62:22}_{b62:59}");
  CHECK(surest("GH_TOKEN=" + token) == "likely");
  CHECK(surest("GH_TOKEN=" + sealed("github-fine-grained", token)) == "confirmed");
}

TEST_CASE("pitfall 2: stateless installation tokens are found whole") {
  const string jwt = made("{jwt}");
  const auto found = scan("token: ghs_1234567_" + jwt);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == "github-app-installation-jwt");
  CHECK(found[0].secret.ends_with(jwt));
  CHECK(found[0].confidence == Confidence::likely);
}

TEST_CASE("pitfall 3: what a checksum covers, its digits and its bytes") {
  const string body = made("{b62:30}");
  const string github = string("ghp") + "_", deno = string("ddp") + "_",
               apify = string("apify") + "_api_";
  CHECK(surest(github + body + base62(body)) == "confirmed");
  CHECK(surest(github + body + base62(github + body)) == "nothing");
  CHECK(surest(deno + body + base62(deno + body)) == "confirmed");
  CHECK(surest(deno + body + base62(body)) == "possible");
  CHECK(surest(apify + body + base62(apify + body, kBase62LowerFirst)) == "confirmed");
  CHECK(surest(apify + body + base62(apify + body)) == "possible");

  const string grafana = string("glsa") + "_" + made("{b62:32}");
  const uint32_t crc = crc32_of(grafana);
  const uint32_t turned = crc << 24 | (crc & 0xff00) << 8 | (crc >> 8 & 0xff00) | crc >> 24;
  CHECK(surest(grafana + "_" + to_base(turned, kHexLower, 8)) == "confirmed");
  CHECK(surest(grafana + "_" + to_base(crc, kHexLower, 8)) == "nothing");
}

TEST_CASE("pitfall 4: a failed check drops only where its evidence is strong") {
  const struct {
    const char* pattern;
    const char* result;
  } unsealed[] = {
      {"ghp_{b62:36}", "nothing"},
      {"npm_{b62:36}", "nothing"},
      {"key: {b64:76}+ASt{b64:5}A==", "nothing"},
      {"glsa_{b62:32}_{hex:8}", "nothing"},
      {"ATATT3xFfGF0{b64u:171}={HEX:8}", "nothing"},
      {"{glrt}", "nothing"},
      {"vcp_{b62:56}", "possible"},
      {"ddp_{b62:36}", "possible"},
      {"apify_api_{b62:36}", "possible"},
      {"cfut_{b62:40}{hex:8}", "possible"},
      {"zpka_{hex:32}_{hex:8}", "possible"},
      {"cflt{b62:60}", "possible"},
      {"see {b62:3}8Q~{b62:34}", "possible"},
      {"key: {b62:52}JQQJ99BA{b62:16}AZDO{b62:4}", "possible"},
      {"AZURE_DEVOPS_EXT_PAT={b32l:52}", "possible"},
      {"AGE-SECRET-KEY-1{BECH32:58}", "possible"},
      {"-----BEGIN USER NKEY SEED-----\nSUA{b32:55}", "possible"},
      {"XRP_SEED=s{b58:28}", "possible"},
      {"pypi-AgEIcHlwaS5vcmc{b64u:150}", "possible"},
  };
  for (const auto& [pattern, result] : unsealed) {
    CAPTURE(pattern);
    CHECK(surest(made(pattern)) == result);
  }
}

TEST_CASE("pitfall 5: a GitLab instance may have its own text before the prefix") {
  const string payload = base64url_encode(made("{b62:16}") + "o:1\nu:a7\x08");
  const string tail = payload + ".01." + to_base(payload.size(), kBase36, 2) + string(7, '0');
  for (const string prefix : {"glpat-", "acme-glpat-", "acmeglpat-", "x_glpat-"}) {
    CAPTURE(prefix);
    const string token = sealed("gitlab-routable", prefix + tail);
    CHECK(surest("see " + token) == "confirmed");
    // The CRC does not cover text that is no part of the token.
    CHECK(surest("see " + string("n") + token) == "confirmed");
  }
  // The text before the prefix may be the instance's own, so a mismatch only weakens the finding.
  CHECK(surest("see glpat-" + tail) == "nothing");
  CHECK(surest("see acme-glpat-" + tail) == "possible");
  CHECK(surest(made("see acme_glpat-{b64u:20}")) == "likely");
}

TEST_CASE("pitfall 6: prefixes that providers share") {
  const auto rule_of = [](string text) {
    const auto found = scan(text);
    return found.empty() ? "" : found.front().rule;
  };
  const string mark = string("T3Blbk") + "FJ";
  CHECK(rule_of(made("key=sk-{b62:20}" + mark + "{b62:20}")) == "openai-legacy-key");
  CHECK(rule_of(made("DEEPSEEK_API_KEY=sk-{hex:32}")) == "deepseek-api-key");
  CHECK(rule_of(made("see {b62:14}.atlasv1.{b62:67}")) == "terraform-cloud-token");
  CHECK(rule_of(made("token: {jwt}")) == "jwt");
  CHECK(rule_of("token: " + base64_encode(made(R"({{"k":"{b62:32}","n":"deploy","id":1}})"))) ==
        "grafana-api-key-legacy");
}

TEST_CASE("pitfall 7: what is public by design does not block") {
  const string account = base64url_encode(made(R"({{"u":"acme","a":"{b36:25}"}})"));
  for (const string& text :
       {made("pk_live_{b62:24}"), made("pk_test_{b62:99}"),
        "pk." + account + "." + made("{b64u:22}"), made("phc_{b62:43}"),
        made("https://{hex:32}@o12345.ingest.sentry.io/4501234"),
        made("sb_publishable_{b62:22}_{b62:8}"), made("apiKey: \"AIzaSy{b64u:33}\""),
        made("clientToken: 'pub{hex:32}'"), made("data-sitekey=\"0x4AAAAAAA{b62:14}\"")}) {
    CAPTURE(text.substr(0, 12));
    CHECK_FALSE(blocks(text));
  }
}

TEST_CASE("pitfall 8: identifiers do not block, the secret beside them does") {
  const string id = made("AKIA{b32:16}"), secret = made("{b64:40}");
  CHECK(surest("aws_access_key_id = " + id) == "possible");
  CHECK(blocks("aws_access_key_id = " + id + "\naws_secret_access_key = " + secret));
  CHECK_FALSE(blocks(made("TWILIO_ACCOUNT_SID=AC{hex:32}")));
  CHECK_FALSE(blocks(made("AZURE_TENANT_ID={uuid}\nAZURE_CLIENT_ID={uuid}")));
}

TEST_CASE("pitfall 9: only the newer AWS key ids name their account") {
  const auto modern = scan("id = " + string("ASIA") + "Y34FZKBOKMUTVV7A");
  REQUIRE(modern.size() == 1);
  CHECK(modern[0].note == "account 609629065308");
  const auto old = scan("id = " + string("AKIA") + "JQ34FZKBOKMUTVV7");
  REQUIRE(old.size() == 1);
  CHECK(old[0].note.empty());
  CHECK(surest("id = " + string("AKIA") + "IOSFODNN7EXAMPLE") == "nothing");
}

TEST_CASE("pitfall 10: Atlassian's separator may be escaped") {
  string token = sealed("atlassian-crc32", made("ATATT3xFfGF0{b64u:171}={HEX:8}"));
  for (const string separator : {"=", "\\=", "%3D"}) {
    string escaped = token;
    escaped.replace(escaped.rfind('='), 1, separator);
    CHECK(surest("token: " + escaped) == "confirmed");
  }
}

TEST_CASE("pitfall 11: commits, digests and lock files") {
  for (const char* pattern :
       {"commit {hex:40}", "sha256:{hex:64}", "uses: actions/checkout@{hex:40}",
        "\"integrity\": \"sha512-{b64:86}==\"",
        "resolved \"https://registry.internal/a.tgz#{hex:40}\"", "h1:{b64:43}=", "id = \"{uuid}\"",
        "checksum = \"{hex:64}\"", "<Product Id=\"{uuid}\">", "image: app@sha256:{hex:64}",
        "ETag: \"{hex:32}\"", "md5 {hex:32}"}) {
    for (uint64_t seed = 0; seed < 20; ++seed) {
      CAPTURE(pattern, seed);
      CHECK(surest(made(pattern, seed)) == "nothing");
    }
  }
}

TEST_CASE("pitfall 12: what is over is lowered, not hidden, and a day is allowed") {
  const string jwt = base64url_encode(R"({"alg":"HS256"})") + "." +
                     base64url_encode(R"({"sub":"a7f3","exp":1706659200})") + "." +
                     made("{b64u:43}");
  const string sas =
      "https://a.blob.core.windows.net/c?sv=2023-01-03&se=2024-01-31&sr=c&sp=rl&sig=" +
      made("{b62:43}%3D");
  const string jfrog = base64_encode("reftkn:01:1706659200:" + made("{b62:27}"));
  for (const string& text : {jwt, sas, jfrog}) {
    const auto found = scan("value: " + text);
    REQUIRE(found.size() == 1);
    CAPTURE(found[0].rule);
    CHECK(found[0].confidence == Confidence::possible);
    CHECK(found[0].note == "expired on 2024-01-31");
    CHECK(scan("value: " + text, 1706659200 + kDay)[0].note != "expired on 2024-01-31");
  }
  CHECK(surest("url: " + sas, 1706659200) == "likely");
  CHECK(surest("token: " + jfrog, 1706659200) == "confirmed");
}

TEST_CASE("pitfall 13: what is encrypted does not block") {
  for (const char* pattern :
       {"{pem:pkcs8-encrypted}", "{pem:rsa-encrypted}", "{openssh:encrypted}"}) {
    CAPTURE(pattern);
    const auto found = scan(made(pattern));
    REQUIRE(found.size() == 1);
    CHECK(found[0].confidence == Confidence::possible);
    CHECK(found[0].note == "encrypted: needs its passphrase");
  }
  CHECK_FALSE(
      blocks(made("password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  {hex:80}\n  {hex:80}\n")));
  CHECK_FALSE(
      blocks(made("password: ENC[AES256_GCM,data:{b64:20},iv:{b64:43}=,tag:{b64:22}==,type:str]")));
}

TEST_CASE("pitfall 13: and its sibling in the clear is found") {
  const string clear = made("{b62:18}"),
               sealed_value = made("ENC[AES256_GCM,data:{b64:20},iv:{b64:43}=,"
                                   "tag:{b64:22}==,type:str]");
  const auto finds = [](const string& text, const string& value) {
    return std::ranges::any_of(
        scan(text), [&](const Found& found) { return found.secret.find(value) != string::npos; });
  };
  CHECK(finds(
      "user: " + sealed_value + "\npassword: " + clear + "\nsops:\n  mac: " + sealed_value + "\n",
      clear));
  CHECK(finds(made("{pem:pkcs8-encrypted}") + "\npassphrase: " + clear + "\n", clear));
  CHECK(finds(made("$ANSIBLE_VAULT;1.1;AES256\n{hex:80}\n") + "vault_password: " + clear + "\n",
              clear));
  const string master = made("{hex:32}");
  CHECK(finds("RAILS_MASTER_KEY=" + master + made("\n# {b64:40}--{b64:16}--{b64:22}==\n"), master));
}

TEST_CASE("pitfall 14: encodings that everybody can undo are clear text") {
  CHECK(surest("enable password 7 " + sealed("cisco-type7", made("08{HEX:20}"))) == "confirmed");
  CHECK(surest("<P cpassword=\"" + sealed("gpp-cpassword", made("{b62:43}")) + "\"/>") ==
        "confirmed");
  CHECK(surest("\nsecret \"" + string("$9$LbHX") + "-wg4Z" + "\";") == "confirmed");
  CHECK(surest("[r]\npass = " + sealed("rclone-obscured", made("{b62:40}")) + "\n") == "confirmed");
}

TEST_CASE("pitfall 15: words excuse a value that is made of them, not its line") {
  const string password = made("{b62:14}");
  CHECK(blocks("https://test:" + password + "@prod.internal.net/"));
  const string token = sealed("github-crc32", made("ghp_{b62:36}"));
  CHECK(surest("# example, for the test only: " + token) == "confirmed");
  // A right checksum outweighs a placeholder word in the token.
  const string worded =
      sealed("github-crc32", "ghp_" + made("example_{b62:1}").substr(0, 7) + made("{b62:29}"));
  CHECK(surest("token: " + worded) == "confirmed");
  CHECK(surest("https://test:password@prod.internal.net/") == "nothing");
}

TEST_CASE("pitfall 16: each provider's formats have a source that is its own, or its own address") {
  const RE2 address("[a-z0-9-]+\\.[a-z]{2,}");
  for (const RuleSource& source : built_in_sources()) {
    CAPTURE(source.name);
    bool sourced = false;
    for (const RawRule& rule : read_rules(TomlFile(string(source.name), string(source.text)))) {
      sourced = sourced || rule.provider == "Generic" || RE2::PartialMatch(rule.rotate, address) ||
                !rule.references.empty();
      for (const string& reference : rule.references) {
        CAPTURE(rule.id, reference);
        CHECK(RE2::FullMatch(reference, "https://[a-z0-9.-]+(?:/[!-~]*)?"));
      }
    }
    CHECK(sourced);
  }
}

TEST_CASE("pitfall 17: a check whose algorithm is inferred drops nothing, altered or not") {
  // These drop a finding when their check fails: the provider documents the check, or there is
  // strong evidence for it. With all others the finding remains.
  const std::set<std::string_view> drop = {"atlassian-crc32", "azure-identifiable", "github-crc32",
                                           "gitlab-routable", "grafana-crc32"};
  std::set<std::string_view> dropped;
  for (const RuleSource& source : built_in_sources()) {
    for (const RawRule& rule : read_rules(TomlFile(string(source.name), string(source.text)))) {
      if (!rule.validator || !rule.validator->seal) continue;
      for (size_t i = 0; i < rule.examples.size(); ++i) {
        string secret = make_example(rule, i).secret;
        if (secret.empty() || rule.validator->check(secret, kNow).validity != Validity::valid)
          continue;
        for (size_t at : {secret.size() / 2, secret.size() - 2}) {
          string altered = secret;
          altered[at] = altered[at] == 'a'   ? 'b'
                        : altered[at] == '7' ? '8'
                        : altered[at] >= 'a' ? 'a'
                                             : '7';
          if (rule.validator->check(altered, kNow).validity != Validity::invalid) continue;
          dropped.insert(rule.validator->name);
        }
      }
    }
  }
  CHECK(dropped == drop);
}

TEST_CASE("pitfall 18: kinds that no longer work are reported, but with less confidence") {
  constexpr int64_t kJuly2026 = 1782864000;
  const string token = sealed("atlassian-crc32", made("ATBB{b62:24}{HEX:8}"));
  CHECK(surest("see " + token) == "confirmed");
  const auto found = scan("see " + token, kJuly2026);
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::possible);
  CHECK(found[0].note == "app passwords ended on 2026-06-09");
}

TEST_CASE("pitfall 19: sums of one digit are no reason to report") {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    CHECK(surest(made("card: 4{dig:15}, iban: DE{dig:20}, order {dig:16}", seed)) == "nothing");
  }
}

TEST_CASE("pitfall 20: tokens grow") {
  const string mark = string("T3Blbk") + "FJ";
  for (const string& pattern :
       {string("ghp_{b62:120}"), string("gho_{b62:251}").replace(9, 3, "240"),
        string("npm_{b62:80}"), string("sk_live_{b62:200}"), string("hvs.{b62:150}"),
        string("xoxb-{dig:12}-{dig:12}-{b62:34}"), "sk-proj-{b62:90}" + mark + "{b62:90}"}) {
    CAPTURE(pattern);
    const auto found = scan("token: " + made(pattern));
    REQUIRE(found.size() == 1);
    CHECK(found[0].confidence >= Confidence::likely);
    CHECK(found[0].secret == made(pattern));
  }
  // A classic token with letters right after it is not taken for a longer token.
  const string token = sealed("github-crc32", made("ghp_{b62:36}"));
  CHECK(surest("url: " + token + "nextword") == "confirmed");
}

TEST_CASE("what has wrong check characters may be another service's, beside a name") {
  const string token = made("ghp_{b62:36}");
  const auto found = scan("JIRA_TOKEN=" + token);
  REQUIRE(std::ranges::count(found, "generic-secret", &Found::rule) == 1);
  CHECK(std::ranges::find(found, "generic-secret", &Found::rule)->confidence ==
        Confidence::possible);
  CHECK(surest("JIRA_LABEL=" + token) == "nothing");
  CHECK(surest("JIRA_TOKEN=ghp_" + string(36, 'x')) == "nothing");
  CHECK(surest("JIRA_TOKEN=" + sealed("github-crc32", token)) == "confirmed");
}
