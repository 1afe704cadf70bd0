// SPDX-License-Identifier: Apache-2.0
// A generic finding beside a vendor's name is that vendor's.
#include <catch2/catch.hpp>

#include "detect/scanner.h"
#include "examples/example.h"
#include "rules/built_in.h"

namespace pushguard {
namespace {

constexpr int64_t kNow = 1767225600;

// The rules of the findings and how sure they are: "x-named-key likely".
std::vector<std::string> found(std::string_view pattern) {
  static Scanner scanner({&built_in_rules()}, built_in_templates(), kNow);
  std::vector<std::string> all;
  for (const Match& match : scanner.scan(ExampleGenerator(7).expand(pattern))) {
    all.push_back(std::string(match.rule->id) + " " + std::string(to_string(match.confidence)));
  }
  return all;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("a value in the shape of the named vendor's keys is that vendor's, and likely") {
  const Found theirs{"mailboxlayer-named-key likely"};
  for (const std::string_view pattern :
       {"MAILBOXLAYER_API_KEY={hex:32}", "const mailboxlayerKey = '{hex:32}';",
        "mailboxlayer:\n  access_key: {hex:32}", "- name: MAILBOXLAYER_TOKEN\n  value: {hex:32}",
        "MAILBOXLAYER_KEY = os.getenv('KEY', '{hex:32}')"}) {
    CAPTURE(pattern);
    CHECK(found(pattern) == theirs);
  }
}

TEST_CASE("a value in another shape, or with no vendor's name, remains a generic finding") {
  const Found generic{"generic-secret possible"};
  for (const std::string_view pattern :
       {"MAILBOXLAYER_API_KEY={b62:32}", "MAILBOXLAYER_API_KEY={hex:40}",
        "MAILBOXLAYERS_API_KEY={hex:32}", "mailboxlayer = 1\nAPI_KEY={hex:32}"}) {
    CAPTURE(pattern);
    CHECK(found(pattern) == generic);
  }
}

TEST_CASE("what a generic rule does not report is no vendor's either") {
  for (const std::string_view pattern :
       {"MAILBOXLAYER_API_KEY={x:32}", "MAILBOXLAYER_API_KEY=your-key-goes-here",
        "mailboxlayer revision {hex:32}", "MAILBOXLAYER_CACHE_KEY={hex:32}"}) {
    CAPTURE(pattern);
    CHECK(found(pattern) == Found{});
  }
}

TEST_CASE("a rule of a provider has the place of a vendor that is only named") {
  CHECK(found("MAILBOXLAYER_ALGOLIA_ADMIN_API_KEY={hex:32}").size() == 1);
  CHECK(found("COZE_API_KEY=glpat-{b64u:20}") == Found{"gitlab-pat likely"});
  // Other rules suspect such a value, too, whoever it belongs to.
  for (int seed = 0; seed < 20; ++seed) {
    const std::string secret = ExampleGenerator(seed).expand("BITTREX_API_SECRET = \"{hex:32}\"");
    CAPTURE(secret);
    CHECK(found(secret) == Found{"bittrex-named-key likely"});
  }
}

TEST_CASE("a word that is a vendor's name says nothing in the text around") {
  CHECK(found("SCALE_API_KEY=live_{hex:32}") == Found{"scale-ai-named-key likely"});
  CHECK(found("scale: {{ api_key: '{hex:32}' }}") == Found{"generic-secret possible"});
}

}  // namespace pushguard
