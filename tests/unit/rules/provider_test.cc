// SPDX-License-Identifier: Apache-2.0
// What is known of an issuer besides how its credentials look.
#include "rules/provider.h"

#include <catch2/catch.hpp>

#include "rules/built_in.h"
#include "vocabulary/mistakes.h"

namespace pushguard {
namespace {

using std::string;
using std::string_view;

constexpr string_view kProviders[] = {"Acme", "Beamer"};

std::vector<RawProvider> read(const string& text) {
  return read_providers(TomlFile("providers.toml", text), kProviders);
}

}  // namespace

TEST_CASE("a row is about all of its names") {
  const auto rows = read("[[provider]]\nnames = [\"Acme\", \"Beamer\"]\ninstead = \"a lamp\"\n"
                         "affects = \"the cave\"\n");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].names == std::vector<string>{"Acme", "Beamer"});
  CHECK(rows[0].instead == "a lamp");
  CHECK(rows[0].affects == "the cave");
  CHECK(rows[0].revoke.empty());
}

TEST_CASE("all mistakes of the file are named at once, with their places") {
  const string long_text(54, 'a');
  try {
    read("[[provider]]\nnames = [\"Acme\"]\ninstead = \"" + long_text +
         "\"\n[[provider]]\nnames = [\"Nobody\"]\ninstead = \"a\"\n[[provider]]\nnames = "
         "[\"Beamer\", \"Beamer\"]\ninstead = \"a\"\n[[provider]]\nnames = [\"Acme\"]\n");
    FAIL("nothing was thrown");
  } catch (const FileErrors& errors) {
    const char* const expected[] = {
        "providers.toml:3:11: 'instead' must be at most 53 printable ASCII characters",
        "providers.toml:5:9: no rule has the provider 'Nobody'",
        "providers.toml:8:9: 'Beamer' stands here twice",
        "providers.toml:10:1: 'instead' is missing"};
    REQUIRE(errors.all().size() == std::size(expected));
    for (size_t i = 0; i < std::size(expected); ++i)
      CHECK(errors.all()[i].starts_with(expected[i]));
  }
}

TEST_CASE("every row of the built-in table is found by its name") {
  const ProviderTable& table = built_in_providers();
  REQUIRE(table.rows.size() > 100);
  for (const ProviderTable::Row& row : table.rows) {
    const string_view name = table.pool.substr(row.name.at, row.name.size);
    CAPTURE(name);
    CHECK(table.find(name).instead == table.pool.substr(row.instead.at, row.instead.size));
    CHECK_FALSE(table.find(name).instead.empty());
  }
  CHECK(table.find("AWS").instead == "an IAM role; in CI its OIDC provider; aws sso login");
  CHECK(table.find("AW").instead.empty());
  CHECK(table.find("").instead.empty());
  CHECK(table.find("zzz").instead.empty());
}

}  // namespace pushguard
