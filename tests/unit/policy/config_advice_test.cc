// SPDX-License-Identifier: Apache-2.0
#include "policy/config_advice.h"

#include <catch2/catch.hpp>

namespace pushguard {
namespace {

using namespace std::chrono;

std::vector<std::string> advice(const std::string& text) {
  const std::string_view rules[] = {"jwt", "acme-deploy-token"};
  return config_advice(parse_config("c.toml", text), rules, sys_days(2026y / November / 28), 4);
}

}  // namespace

TEST_CASE("what is seldom meant is told with its place and what to do") {
  const std::pair<std::string, std::string> cases[] = {
      {"[[allow]]\nrule = \"acme-deplo-tokne\"\nreason = \"r\"\n",
       "c.toml:2:8: there is no rule 'acme-deplo-tokne'\n  rule = \"acme-deplo-tokne\"\n         "
       "^\n"
       "hint: did you mean 'acme-deploy-token'?"},
      {"[[allow]]\nrule = \"nothing-like-it\"\nreason = \"r\"\n",
       "c.toml:2:8: there is no rule 'nothing-like-it'\n  rule = \"nothing-like-it\"\n         ^\n"
       "hint: 'pushguard rules list' names them all"},
      {"[[allow]]\nrule = \"jwt\"\nreason = \"r\"\nexpires = 2026-11-28\n",
       "c.toml:4:11: this entry is void since 2026-11-28\n  expires = 2026-11-28\n            ^\n"
       "hint: take it out, or give it a later day"},
      {"[[template]]\nvalue = \"acme\"\nreason = \"r\"\nexpires = 2025-01-31\n",
       "c.toml:4:11: this entry is void since 2025-01-31\n  expires = 2025-01-31\n            ^\n"
       "hint: take it out, or give it a later day"},
      {"[[allow]]\npath = \"*\"\nreason = \"r\"\n",
       "c.toml:1:1: this [[allow]] lets every secret through\n  [[allow]]\n  ^\n"
       "hint: name a 'rule', a 'fingerprint' or fewer paths"},
      {"[[template]]\nvalue = '\\S+'\nreason = \"r\"\n",
       "c.toml:2:9: this [[template]] lets every secret through\n  value = '\\S+'\n          ^\n"
       "hint: 'value' is a pattern of the values that are examples"},
      {"[[template]]\nvalue = \".+\"\nreason = \"r\"\n",
       "c.toml:2:9: this [[template]] lets every secret through\n  value = \".+\"\n          ^\n"
       "hint: 'value' is a pattern of the values that are examples"},
      {"[policy]\nintroduced = { possible = \"ignore\", likely = \"warn\", confirmed = \"warn\" "
       "}\n",
       "c.toml:1:1: the policy blocks nothing: no secret refuses a push\n  [policy]\n  ^\n"
       "hint: set 'confirmed' or 'likely' of 'introduced' to \"block\""},
      {"[[allow]]\nref = \"main\"\nreason = \"r\"\n",
       "c.toml:2:7: 'main' matches no ref: refs have their full names here\n  ref = \"main\"\n"
       "        ^\nhint: such as 'refs/heads/main'"},
      {"[limits]\nobject_mib = 4096\n",
       "c.toml:2:14: one object may be larger than all together: 'memory_mib' is 2048\n"
       "  object_mib = 4096\n               ^"},
      {"[limits]\nthreads = 5\n", "c.toml:2:11: more threads than processors: this machine has 4\n "
                                  " threads = 5\n            ^"},
      {"[[template]]\nvalue = \"a\"\nreason = \"r\"\npaths = [\"docs/*\", \"/docs/*\"]\n",
       "c.toml:4:20: '/docs/*' matches no path: paths start at the top of the repository, without "
       "a '/'\n  paths = [\"docs/*\", \"/docs/*\"]\n                     ^"},
      {"[templates]\nfiles = [\"\"]\n",
       "c.toml:2:10: '' matches no path: it is empty\n  files = [\"\"]\n           ^"},
      {"[[allow]]\npath = \"docs\\\\a\"\nreason = \"r\"\n",
       "c.toml:2:8: 'docs\\a' matches no path: it has a backslash, and git's paths have '/'\n"
       "  path = \"docs\\\\a\"\n         ^"},
  };
  for (const auto& [text, message] : cases) {
    INFO(text);
    CHECK(advice(text) == std::vector{message});
  }
}

TEST_CASE("advice comes in the order of the file") {
  const auto told = advice("[[allow]]\npath = \"**\"\nref = \"*\"\nreason = \"r\"\n"
                           "[policy]\nintroduced = { likely = \"warn\", confirmed = \"warn\" }\n"
                           "[[allow]]\nrule = \"jvt\"\npath = \"a \"\nreason = \"r\"\n");
  REQUIRE(told.size() == 4);
  CHECK_THAT(told[0], Catch::StartsWith("c.toml:1:1: "));
  CHECK_THAT(told[1], Catch::StartsWith("c.toml:5:1: "));
  CHECK_THAT(told[2], Catch::StartsWith("c.toml:8:8: "));
  CHECK_THAT(told[3], Catch::StartsWith("c.toml:9:8: "));
}

TEST_CASE("what lets everything through is found however it is written") {
  for (const char* path : {"*", "**", "*?", "?*"}) {
    INFO(path);
    CHECK(advice(std::string("[[allow]]\nreason = \"r\"\npath = \"") + path + "\"\n").size() == 1);
  }
  for (const char* ref : {"*", "refs/*", "refs/**"}) {
    INFO(ref);
    CHECK(advice(std::string("[[allow]]\nreason = \"r\"\nref = \"") + ref + "\"\n").size() == 1);
  }
  for (const char* value : {".+", "(?s).+", ".{8,}", "[ -~]+", "\\\\S.*", "[^x].{3,200}", "..*"}) {
    INFO(value);
    CHECK(advice(std::string("[[template]]\nreason = \"r\"\nvalue = \"") + value + "\"\n").size() ==
          1);
  }
}

TEST_CASE("what is as it should be is not told of") {
  for (const char* text :
       {"", "[[allow]]\nrule = \"jwt\"\npath = \"*\"\nreason = \"r\"\n",
        "[[allow]]\nfingerprint = \"0123456789abcdef\"\nreason = \"r\"\nexpires = 2026-11-29\n",
        "[[allow]]\npath = \"*\"\nref = \"refs/heads/demo/*\"\nreason = \"r\"\n",
        "[[allow]]\npath = \"tests/*\"\nreason = \"r\"\n",
        "[[allow]]\nref = \"*/main\"\nrule = \"jwt\"\nreason = \"r\"\n",
        "[[template]]\nvalue = \".+\"\npaths = [\"docs/*\"]\nreason = \"r\"\n",
        "[[template]]\nvalue = \"[0-9a-f]+\"\nreason = \"r\"\n",
        "[[template]]\nvalue = \"acme-(demo|test)-[0-9]{4}\"\nreason = \"r\"\n",
        "[policy]\nintroduced = { likely = \"warn\" }\n", "[limits]\nthreads = 4\n",
        "[templates]\nfiles = [\"config/*.sample\", \"[]a]\", \"[!]a]b\", \".env.[a-z]\"]\n"}) {
    INFO(text);
    CHECK(advice(text) == std::vector<std::string>{});
  }
}

TEST_CASE("a pattern that can match no path has a flaw, by name") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "it is empty"},
      {" a", "it begins or ends with a blank"},
      {"a ", "it begins or ends with a blank"},
      {"a\\b", "it has a backslash, and git's paths have '/'"},
      {"/a", "paths start at the top of the repository, without a '/'"},
      {"./a", "paths start at the top of the repository, without './' or '../'"},
      {"../a", "paths start at the top of the repository, without './' or '../'"},
      {"a[b", "it has a '[' without its ']'"},
      {"a[]", "it has a '[' without its ']'"},
      {"[a]b[!]", "it has a '[' without its ']'"},
      {"a b/c", ""},
      {"[ab]*", ""},
  };
  for (const auto& [pattern, flaw] : cases) {
    INFO(pattern);
    CHECK(flaw_of_path_pattern(pattern) == flaw);
  }
}

}  // namespace pushguard
