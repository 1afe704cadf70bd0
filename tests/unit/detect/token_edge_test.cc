// SPDX-License-Identifier: Apache-2.0
// Where a token can begin, what its words say, and what everybody may see.
#include "detect/token_edge.h"

#include <catch2/catch.hpp>

#include <deque>
#include <map>

#include "detect/scanner.h"
#include "examples/example.h"
#include "examples/rule_example.h"
#include "rules/built_in.h"
#include "rules/rule_file.h"
#include "support/raw_rules.h"

namespace pushguard::test {
namespace {

using std::string;
using std::string_view;

constexpr int64_t kNow = 1767225600;

string expand(string_view pattern, uint64_t seed = 1) {
  return ExampleGenerator(seed).expand(pattern);
}

std::map<string, Confidence> found(const string& text, const RuleSet& set = built_in_rules()) {
  Scanner scanner({&set}, built_in_templates(), kNow);
  std::map<string, Confidence> rules;
  for (const Match& match : scanner.scan(text)) rules[string(match.rule->id)] = match.confidence;
  return rules;
}

// "sk" is apart, so that no text in the shape of a token stands here.
string stripe(string_view body) { return string("sk") + "_live_" + string(body); }

}  // namespace

TEST_CASE("a token begins behind a sign, a blank, nothing, or an escape") {
  const string before[] = {
      "",      " ",   "\t",    "\n",      "(",          ">",   "=",   "\"",       "_",
      "-",     "x_",  "\\n",   "\\r",     "\\t",        "%3D", "%20", "\\u003d",  "\\u0022",
      "\\x3d", "=3D", "\\033", "\x1b[0m", "\x1b[1;32m", " -u", "-p",  "\xc3\xa9", "u003d"};
  for (const string& text : before) {
    INFO(text);
    CHECK_FALSE(is_inside_word(text + "token", text.size()));
    CHECK(found(text + stripe(expand("{b62:24}"))).contains("stripe-secret-live"));
  }
  // The length and the neighbour of a text in a binary record.
  CHECK_FALSE(is_inside_word(string("\x03k") + "token", 2));
  CHECK_FALSE(is_inside_word(string("\x07") + "alice" + "token", 6));
}

TEST_CASE("no token begins amid a word") {
  for (const string text :
       {"ta", "kio", "x1", "task-a", "Bearer", " man", "\\pa", "%zz", "m", "0m"}) {
    INFO(text);
    CHECK(is_inside_word(text + "token", text.size()));
    CHECK_FALSE(found(text + stripe(expand("{b62:24}"))).contains("stripe-secret-live"));
  }
  CHECK(found(expand("task_live_{lower:24}\nkiosk_live_{lower:24}\nnetwork_live_{b62:24}\n"))
            .empty());
}

TEST_CASE("a token whose check passes is found amid a word") {
  const string pattern = string("gh") + "p_{b62:36}";
  for (const RawRule& raw : raw_rules()) {
    if (raw.id != "github-pat-classic") continue;
    const string token = make_example(raw, 0).secret;
    const auto rules = found("alice" + token);
    REQUIRE(rules.contains(raw.id));
    CHECK(rules.at(raw.id) == Confidence::confirmed);
  }
}

TEST_CASE("words behind the prefix of a token are a placeholder") {
  const string gitlab = string("gl") + "pat-";
  CHECK(found(gitlab + "token_for_another_platform").empty());
  CHECK(found(stripe("aVeryLongNameOfAnotherThing")).empty());
  CHECK(found(gitlab + expand("{b62:20}")).contains("gitlab-pat"));
}

TEST_CASE("names joined by dots are code where they stand without quotes") {
  CHECK(found("\tvaultToken := s.TokenRequestProjectionRe\n").empty());
  CHECK(found("c.RefreshToken = schema.DefaultOpenIDConnectConfiguration.Lifespans.RefreshToken\n")
            .empty());
  CHECK(found("vaultToken := " + expand("s.{b62:24}")).contains("vault-token-legacy"));
}

TEST_CASE("a password of words is possible if they say what it is for") {
  CHECK(found("requirepass sentinel-server-password\n", built_in_file_rules())
            .at("redis-conf-password") == Confidence::possible);
  CHECK(found("requirepass " + expand("bluetiger-garden-{lower:5}\n"), built_in_file_rules())
            .at("redis-conf-password") == Confidence::likely);
}

TEST_CASE("what vendors put before everybody is no secret") {
  for (const string_view text :
       {"stripeKey = \"pk_{lower:0}live_51{b62:98}\"", "posthogToken: 'phc_{b62:43}'",
        "clientToken: 'pub{hex:32}'", "var _rollbarConfig = {{ accessToken: '{hex:32}' }};",
        "data-cf-beacon='{{\"token\": \"{hex:32}\"}}'",
        "docsearch({{ appId: 'X', apiKey: '{hex:32}' }})",
        "algolia: {{ appId: '{B36:10}', apiKey: '{hex:32}', indexName: 'docs' }}",
        "<div data-sitekey=\"{b62:40}\" data-token>"}) {
    INFO(text);
    CHECK(found(expand(text)).empty());
  }
  CHECK_FALSE(found(expand("mixpanel.init('x'); const apiToken = '{b62:32}';")).empty());
  CHECK_FALSE(found(expand("algolia: {{ adminApiKey: '{hex:32}', indexName: 'docs' }}")).empty());
}

TEST_CASE("a secret near what vendors put before everybody is one") {
  for (const string_view text :
       {"APP_SITE_KEY={b62:20}\nSTRIPE_KEY=sk_{lower:0}live_{b62:24}\n",
        "recaptcha:\n  site_key: {b62:40}\n  secret_key: {b62:40}\n",
        "RECAPTCHA = {{'sitekey': '{b62:40}', 'secret': '{b62:40}'}}",
        "mixpanel.init('{hex:32}')\nconst secretKey = '{b62:40}'\n",
        "analytics.load('{b62:32}', {{secretKey: '{b62:40}'}})",
        "_rollbarConfig = {{accessToken: '{hex:32}', server_token: '{b62:40}'",
        "algolia:\n  indexname: docs\n  secret: {b62:40}\n"}) {
    INFO(text);
    CHECK_FALSE(found(expand(text)).empty());
  }
}

TEST_CASE("a seed for a test label is possible") {
  const auto seed = [](string_view label, string_view issuer) {
    return found("otpauth://totp/" + string(label) + "?secret=" + expand("{b32:32}") +
                 "&issuer=" + string(issuer));
  };
  CHECK(seed("Test%26Label", "Acme").at("totp-seed") == Confidence::possible);
  CHECK(seed("Acme:bob", "Example").at("totp-seed") == Confidence::possible);
  CHECK(seed("Acme:bob", "Acme").at("totp-seed") == Confidence::likely);
  CHECK(seed("Contest:bob", "Latest").at("totp-seed") == Confidence::likely);
}

// The oracle of all this: rules of a site are judged by none of it.
TEST_CASE("random values of every rule are judged as without a look at words and edges") {
  std::deque<std::vector<string_view>> storage;
  size_t values = 0, lost = 0;
  for (const RawRule& raw : raw_rules()) {
    if (raw.keywords.empty() || raw.provider == "Generic") continue;
    std::vector<Rule> rules{resolve(raw, storage), resolve(raw, storage)};
    rules[1].of_site = true;
    for (const size_t example : {size_t{0}, raw.examples.size() - 1}) {
      for (uint64_t seed = 0; seed < 3; ++seed) {
        const string text = expand(raw.examples[example], 1000 * seed + example);
        std::vector<std::vector<std::pair<size_t, Confidence>>> seen;
        for (const Rule& rule : rules) {
          const std::vector<std::span<const string_view>> keywords{rule.keywords};
          const KeywordTables tables(keywords);
          const RuleSet set{{&rule, 1}, tables.index()};
          Scanner scanner({&set}, built_in_templates(), kNow);
          auto& of_rule = seen.emplace_back();
          for (const Match& match : scanner.scan(text))
            of_rule.emplace_back(match.secret.begin, match.confidence);
        }
        values += seen[1].size();
        lost += seen[0] != seen[1];
        if (seen[0] != seen[1]) UNSCOPED_INFO(raw.id << ": " << text.substr(0, 60));
      }
    }
  }
  CHECK(values > 4000);
  CHECK(lost <= values / 1000);
}

}  // namespace pushguard::test
