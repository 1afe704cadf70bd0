// SPDX-License-Identifier: Apache-2.0
// Which files a rule is about.
#include <catch2/catch.hpp>

#include "rules/rule.h"

namespace pushguard {

TEST_CASE("a rule is about the files that its globs name") {
  constexpr std::string_view kGlobs[] = {"*.cfg", "etc/*"};
  Rule rule{};
  CHECK(applies_to(rule, "a/b.txt"));
  CHECK(is_about_all(rule));
  rule.paths = kGlobs;
  CHECK(applies_to(rule, "a/b.cfg"));
  CHECK(applies_to(rule, "etc/b.txt"));
  CHECK_FALSE(applies_to(rule, "a/b.txt"));
  CHECK_FALSE(is_about_all(rule));
}

TEST_CASE("generic rules are not about files full of digests") {
  Rule rule{};
  for (const std::string_view path :
       {"a/hkdf.vec", "b.rsp", "test/evppkey_kas.txt", "test_suite_x.data", "yarn.lock",
        "web/package-lock.json", "Podfile.lock", ".terraform.lock.hcl", "go.sum", ".talismanrc",
        ".secrets.baseline", "pnpm-lock.yaml", "docs/CHANGELOG.md"}) {
    CAPTURE(path);
    rule.provider = "Generic";
    CHECK_FALSE(applies_to(rule, path));
    rule.provider = "Acme";
    CHECK(applies_to(rule, path));
  }
  rule.provider = "Generic";
  CHECK(applies_to(rule, "notes/my-evp.txt"));
  CHECK(applies_to(rule, "lock.yaml"));
  CHECK(applies_to(rule, "package.json"));
  CHECK(is_about_all(rule));
}

}  // namespace pushguard
