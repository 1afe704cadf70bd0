// SPDX-License-Identifier: Apache-2.0
#include "report/rule_page.h"

#include <catch2/catch.hpp>

#include "examples/example.h"
#include "vocabulary/error.h"
#include "vocabulary/toml_file.h"

namespace pushguard {
namespace {

std::vector<RawRule> rules(const std::string& provider, const std::string& id,
                           const std::string& more = "") {
  const std::string head = "provider = \"" + provider + "\"\n[[rule]]\nid = \"" + id;
  return read_rules(TomlFile("rules/x.toml", head + R"("
description = "Acme API key"
regex = '''\bacme_[a-z]{20}`?'''
keywords = ["acme_"]
min_entropy = 3
confidence = "possible"
privilege = "admin"
lifetime = "long-lived"
rotate = "acme.example/keys"
references = ["https://acme.example/docs"]
examples = ['KEY=acme_{lower:20}']
)" + more));
}

}  // namespace

TEST_CASE("a rule's page has all of it") {
  const auto all = rules("Acme", "acme-key", R"(companion = 'id_[0-9]{4}'
paths = ["*.cfg", "a/b"]
cwe = [321, 7])");
  CHECK(render_rule(all.front()) == R"(acme-key: Acme API key

provider    Acme
confidence  possible: warns; likely, and blocks, beside its companion
privilege   admin
lifetime    long-lived
if it leaks Whoever holds it can control all of the account or service, until somebody revokes it
revoke at   acme.example/keys
looks like  KEY=acme_********
proof       its form alone; at least 3.0 bits of entropy a byte
regex       \bacme_[a-z]{20}`?
keywords    acme_
companion   id_[0-9]{4}
only in     *.cfg  a/b
weaknesses  CWE-321 use of hard-coded cryptographic key
            CWE-7
            NHI2:2025 secret leakage
            NHI5:2025 overprivileged non-human identity
            NHI7:2025 long-lived secrets
written in  rules/x.toml:2
see         https://acme.example/docs
)");
}

TEST_CASE("what is known of the issuer stands on the pages of its rules") {
  const auto all = rules("Telegram", "bot-key", "");
  CHECK(render_rule(all.front()).find(R"(
revoke at   acme.example/keys
revoke by   /revoke to BotFather
it affects  the bot, and its webhook must be set anew
misuse      getWebhookInfo names a foreign URL
instead     none is known; set it where the bot runs
)") != std::string::npos);
  CHECK(render_reference(all).find(R"(
## Telegram

- Use instead: none is known; set it where the bot runs
- Revoke by: /revoke to BotFather
- It affects: the bot, and its webhook must be set anew
- Misuse shows in: getWebhookInfo names a foreign URL

### bot-key
)") != std::string::npos);
  const auto discord = rules("Discord", "discord-key", "");
  CHECK(render_reference(discord).find("DELETE &lt;its URL>") != std::string::npos);
}

TEST_CASE("the list is aligned") {
  auto all = rules("Acme", "acme-key");
  for (RawRule& rule : rules("A longer name", "a-much-longer-id")) all.push_back(std::move(rule));
  CHECK(render_rule_list(all) == "acme-key          possible    Acme           Acme API key\n"
                                 "a-much-longer-id  possible    A longer name  Acme API key\n");
}

TEST_CASE("the reference is by provider, without regard to case, and has an index") {
  auto all = rules("Beta", "beta-key");
  for (RawRule& rule : rules("acme", "acme-key", "companion = 'a`b'")) {
    all.push_back(std::move(rule));
  }
  const std::string text = render_reference(all);
  const auto at = [&](std::string_view part) {
    const size_t place = text.find(part);
    CAPTURE(part);
    CHECK(place != text.npos);
    return place;
  };
  const size_t index = at("- acme: [acme-key](#acme-key)\n- Beta: [beta-key](#beta-key)\n");
  CHECK(at("2 rules of 2 providers.") < index);
  CHECK(at("## acme\n") < at("## Beta\n"));
  at(R"(### acme-key

Acme API key. Whoever holds it can control all of the account or service, until somebody revokes it.

```text
KEY=acme_********
```

- Confidence: possible: warns; likely, and blocks, beside its companion
- Revoke or rotate: acme.example/keys
- Proof: its form alone; at least 3.0 bits of entropy a byte
- Companion: `` a`b ``
- Weaknesses: [CWE-798](https://cwe.mitre.org/data/definitions/798.html) )");
  CHECK(text == render_reference(all));
}

TEST_CASE("masked examples show nothing random") {
  ExampleGenerator generator(1);
  CHECK(generator.expand_masked("{{a}} {hex:40}/{b62:8}") == "{a} ********/********");
  CHECK(generator.expand_masked("{pem:ec}") == "-----BEGIN EC "
                                               "PRIVATE KEY-----\n********\n-----END EC "
                                               "PRIVATE KEY-----");
  const std::string jwt = generator.expand_masked("{jwt}");
  CHECK(jwt == "eyJh********");
  CHECK_THROWS_AS(generator.expand_masked("{no-such}"), Error);
}

}  // namespace pushguard
