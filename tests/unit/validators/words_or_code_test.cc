// SPDX-License-Identifier: Apache-2.0
// Words and code are told from values that a machine drew, and next to none of these is lost.
#include "validators/words_or_code.h"

#include <catch2/catch.hpp>

#include <random>
#include <string>

#include "support/drawn.h"

namespace pushguard {
namespace {

using std::string;
using std::string_view;
using namespace test;

}  // namespace

TEST_CASE("words and names of programs read as words") {
  for (const char* text :
       {"token_for_another_platform", "sentinel-server-password", "getReplicationController",
        "TokenRequestProjectionRe", "maximumNumberOfRetriesAb12", "correct-horse-battery",
        "tokenRenewalIntervalSeconds24", "reallocatedsectorcount2024",
        "OAuth2SessionTypeRefreshToken", "authentication.service.timeout",
        "path/to/the/service/account", "PRODUCTION_DATABASE_NAME",
        "schema.IdentityProvidersOpenIDConnectLifespanToken"}) {
    INFO(text);
    CHECK(reads_as_words(text));
  }
}

TEST_CASE("short text, other signs and digits that do not count are no words") {
  for (const char* text : {"", "word", "a", "server7391827", "name+other/word=", "p4s5w0rd1ng",
                           "deadbeefcafe0042", "12345678901234567890", "x1-y2-z3-a4-b5-c6"}) {
    INFO(text);
    CHECK_FALSE(reads_as_words(text));
  }
}

TEST_CASE("at most one in a thousand random values reads as words") {
  std::mt19937 random(5);
  constexpr int kValues = 20'000;
  for (const string_view alphabet :
       {kBase62, kBase64, kBase64Url, kBase36, kBase32, kHex, kLower}) {
    for (const size_t length : {16, 20, 24, 32, 40}) {
      int lost = 0;
      for (int i = 0; i < kValues; ++i) lost += reads_as_words(drawn(random, alphabet, length));
      INFO(alphabet << " " << length << ": " << lost << " of " << kValues);
      CHECK(lost <= kValues / 1000);
    }
  }
}

TEST_CASE("names joined by dots are a path of names") {
  for (const char* text :
       {"hostRule.token", "s.TokenRequestProjectionRe", "oidc.GrantTypeRefreshToken",
        "schema.DefaultOpenIDConnectConfiguration.Lifespans.RefreshToken"}) {
    INFO(text);
    CHECK(is_path_of_names(text));
  }
  for (const char* text : {"hostRuleToken", "host-rule.token", "host..token", ".hostToken",
                           "hostRule.2token", "hostRule.token()", "s.kJ8fQ2xLm4Wq9ZtR7vB1nC3d"}) {
    INFO(text);
    CHECK_FALSE(is_path_of_names(text));
  }
}

}  // namespace pushguard
