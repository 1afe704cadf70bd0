// SPDX-License-Identifier: Apache-2.0
#include "policy/config.h"

#include <catch2/catch.hpp>

#include "support/git.h"
#include "vocabulary/error.h"
#include "vocabulary/mistakes.h"

namespace pushguard {

TEST_CASE("an empty configuration is the defaults") {
  const Config config = parse_config("c.toml", "");
  CHECK(config.introduced == Actions{Action::warn, Action::block, Action::block});
  CHECK(config.preexisting == Actions{Action::ignore, Action::warn, Action::warn});
  CHECK_FALSE(config.bypass);
  CHECK(config.refuse_unlogged);
  for (const Why why : kAllWhys) {
    CHECK(config.refuse_unscanned[static_cast<size_t>(why)] == (why != Why::archive));
  }
}

TEST_CASE("every key is read") {
  const Config config = parse_config("c.toml", R"(
[policy]
introduced = { possible = "block", likely = "warn" }
preexisting = { confirmed = "block" }
promoted_example = "block"
[failures]
too-large = "accept"
log = "accept"
[limits]
object_mib = 3
memory_mib = 4
seconds = 5
[rules]
extra = ["/etc/x.toml"]
[prefixes]
gitlab = ["acme-", "corp-"]
[audit]
directory = "/var/log/pushguard"
[bypass]
enabled = true
[message]
contact = "sec@example.com"
[[allow]]
rule = "jwt"
path = "tests/*"
ref = "refs/heads/*"
fingerprint = "0123456789abcdef"
reason = "made for tests"
expires = 2027-01-31
[[template]]
value = "test-[0-9]+"
paths = ["docs/*", "tests/*"]
reason = "the manual's"
expires = 2027-02-01
[[template]]
sha256 = "00000000000000000000000000000000000000000000000000000000000000ab"
reason = "public"
[templates]
files = ["config/*.sample"]
)");
  CHECK(config.introduced == Actions{Action::block, Action::warn, Action::block});
  CHECK(config.preexisting == Actions{Action::ignore, Action::warn, Action::block});
  CHECK_FALSE(config.refuse_unscanned[static_cast<size_t>(Why::too_large)]);
  CHECK(config.refuse_unscanned[static_cast<size_t>(Why::damaged)]);
  CHECK_FALSE(config.refuse_unlogged);
  CHECK(config.limits.object_bytes == 3 << 20);
  CHECK(config.limits.memory_bytes == 4 << 20);
  CHECK(config.time == std::chrono::seconds(5));
  CHECK(config.extra_rules.at(0) == "/etc/x.toml");
  REQUIRE(config.prefixes.size() == 1);
  CHECK(config.prefixes[0].provider == "gitlab");
  CHECK(config.prefixes[0].prefixes == std::vector<std::string>{"acme-", "corp-"});
  CHECK(config.audit.directory == "/var/log/pushguard");
  CHECK(config.bypass);
  CHECK(config.message.contact == "sec@example.com");
  REQUIRE(config.allow.size() == 1);
  using namespace std::chrono;
  CHECK(config.allow[0].expires == sys_days(2027y / January / 31));
  REQUIRE(config.templates.size() == 2);
  CHECK(config.templates[0].value == "test-[0-9]+");
  CHECK(config.templates[0].paths == std::vector<std::string>{"docs/*", "tests/*"});
  CHECK(config.templates[0].reason == "the manual's");
  CHECK(config.templates[0].expires == sys_days(2027y / February / 1));
  CHECK(config.templates[1].sha256.ends_with("ab"));
  CHECK(config.templates[1].paths.empty());
  CHECK(config.template_files == std::vector<std::string>{"config/*.sample"});
  CHECK(config.promoted_example == Action::block);
}

TEST_CASE("how the record is kept") {
  const AuditSettings usual = parse_config("c.toml", "").audit;
  CHECK(usual.sync);
  CHECK(usual.rotate_bytes == 256 << 20);
  CHECK(usual.rotate_days.count() == 0);
  CHECK(usual.personal_days.count() == 365);
  CHECK(usual.record_days.count() == 0);
  CHECK_FALSE(usual.signing_key);
  const AuditSettings audit = parse_config("c.toml", R"([audit]
sync = "none"
rotate_mib = 3
rotate_days = 7
personal_days = 30
record_days = 400
signing_key = "/k"
public_key = "/k.pub"
)")
                                  .audit;
  CHECK_FALSE(audit.sync);
  CHECK(audit.rotate_bytes == 3 << 20);
  CHECK(audit.rotate_days.count() == 7);
  CHECK(audit.personal_days.count() == 30);
  CHECK(audit.record_days.count() == 400);
  CHECK(audit.signing_key == "/k");
  CHECK(audit.public_key == "/k.pub");
}

TEST_CASE("a mistake is reported with its file, line, column, excerpt and caret") {
  const std::pair<std::string, std::string> cases[] = {
      {"[polcy]\n",
       "c.toml:1:2: unknown key 'polcy'\n  [polcy]\n   ^\nhint: did you mean 'policy'?"},
      {"[policy]\nintroduced = { likely = \"stop\" }\n",
       "c.toml:2:25: unknown value 'stop'\n  introduced = { likely = \"stop\" }\n"
       "                          ^\nhint: one of: ignore, warn, block"},
      {"[bypass]\nenabled = \"yes\"\n",
       "c.toml:2:11: 'enabled' must be true or false\n  enabled = \"yes\"\n            ^"},
      {"[limits]\nseconds = 0\n", "c.toml:2:11: 'seconds' must be a whole number from 1 to 86400\n "
                                  " seconds = 0\n            ^"},
      {"[audit]\ndirectory = \"log\"\n",
       "c.toml:2:13: 'log' is not an absolute path\n  directory = \"log\"\n              ^\n"
       "hint: the hook runs in each repository's own directory"},
      {"[audit]\nsync = \"always\"\n",
       "c.toml:2:8: unknown value 'always'\n  sync = \"always\"\n         ^\n"
       "hint: one of: record, none"},
      {"[audit]\npublic_key = \"key\"\n",
       "c.toml:2:14: 'key' is not an absolute path\n  public_key = \"key\"\n               ^\n"
       "hint: the hook runs in each repository's own directory"},
      {"[prefixes]\ngithub = [\"acme_\"]\n",
       "c.toml:2:10: tokens of 'github' have no prefix of a site's own\n  github = [\"acme_\"]\n"
       "           ^\nhint: one of: gitlab"},
      {"[prefixes]\ngitlab = [\"acme-\", \"x-\"]\n",
       "c.toml:2:20: a prefix has at least 3 characters\n  gitlab = [\"acme-\", \"x-\"]\n"
       "                     ^"},
      {"[prefixes]\ngitlab = \"acme-\"\n",
       "c.toml:2:10: 'gitlab' must be a list of strings\n  gitlab = \"acme-\"\n           ^"},
      {"[prefixes]\ngitlab = [\"my token\"]\n", "c.toml:2:11: a prefix is printable ASCII without "
                                                "spaces\n  gitlab = [\"my token\"]\n            ^"},
      {"[prefixes]\ngitlab = [\"glpat-\"]\n", "c.toml:2:11: this prefix is found without being "
                                              "named\n  gitlab = [\"glpat-\"]\n            ^"},
      {"[[allow]]\nreason = \"all\"\n",
       "c.toml:1:1: an [[allow]] without any condition would allow everything\n  [[allow]]\n  ^\n"
       "hint: give at least one of: rule, path, ref, fingerprint"},
      {"[[allow]]\nrule = \"jwt\"\n", "c.toml:1:1: 'reason' is missing\n  [[allow]]\n  ^"},
      {"[[allow]]\nrule = \"jwt\"\nreason = \"r\"\nexpires = \"2027-01-31\"\n",
       "c.toml:4:11: 'expires' must be a date, as in 2027-01-31 without quotes\n"
       "  expires = \"2027-01-31\"\n            ^"},
      {"[policy]\npromoted_example = \"stop\"\n",
       "c.toml:2:20: unknown value 'stop'\n  promoted_example = \"stop\"\n                     ^\n"
       "hint: one of: ignore, warn, block"},
      {"[[template]]\nreason = \"r\"\n",
       "c.toml:1:1: a [[template]] has either 'value' or 'sha256'\n  [[template]]\n  ^\n"
       "hint: 'value' is a pattern of the whole value, 'sha256' its hash"},
      {"[[template]]\nvalue = \"a\"\nsha256 = \"b\"\nreason = \"r\"\n",
       "c.toml:1:1: a [[template]] has either 'value' or 'sha256'\n  [[template]]\n  ^\n"
       "hint: 'value' is a pattern of the whole value, 'sha256' its hash"},
      {"[[template]]\nvalue = \"a\"\n", "c.toml:1:1: 'reason' is missing\n  [[template]]\n  ^"},
      {"[[template]]\nreason = \"r\"\nvalue = \"(a\"\n",
       "c.toml:3:9: 'value' is not a pattern: missing ): (a\n  value = \"(a\"\n          ^"},
      {"[[template]]\nreason = \"r\"\nvalue = \".*\"\n",
       "c.toml:3:9: 'value' matches even an empty value\n  value = \".*\"\n          ^\n"
       "hint: a pattern names the values that are templates"},
      {"[[template]]\nreason = \"r\"\nsha256 = \"AB\"\n",
       "c.toml:3:10: 'sha256' is not 64 lower-case hex digits\n  sha256 = \"AB\"\n           ^"},
      {"[[template]]\nreason = \"r\"\nvalue = \"a\"\npaths = [\"\"]\n",
       "c.toml:4:9: 'paths' has an empty path\n  paths = [\"\"]\n          ^"},
      {"[[template]]\nreason = \"r\"\nvalue = \"a\"\nexpires = 2027\n",
       "c.toml:4:11: 'expires' must be a date, as in 2027-01-31 without quotes\n"
       "  expires = 2027\n            ^"},
      {"[[template]]\nreason = \"r\"\nvalue = \"a\"\npath = \"a\"\n",
       "c.toml:4:1: unknown key 'path'\n  path = \"a\"\n  ^\nhint: did you mean 'paths'?"},
      {"[templates]\nfile = []\n",
       "c.toml:2:1: unknown key 'file'\n  file = []\n  ^\nhint: did you mean 'files'?"},
      {"[[allow]]\nfingerprint = \"xyz\"\nreason = \"r\"\n",
       "c.toml:2:15: a fingerprint is 16 lower-case hex digits\n  fingerprint = \"xyz\"\n          "
       "      ^"},
  };
  for (const auto& [text, message] : cases) {
    INFO(text);
    CHECK_THROWS_WITH(parse_config("c.toml", text), message);
  }
  CHECK_THROWS_WITH(parse_config("c.toml", "a = \n"),
                    Catch::StartsWith("c.toml:1:5: error while parsing"));
}

TEST_CASE("every mistake of a file is told, in the order of the file") {
  const std::string text = R"([message]
contact = 1
[bypas]
[audit]
directory = "log"
dir = "/x"
[policy]
introduced = { likely = "stop", confirm = "block", possible = 1 }
[[allow]]
rule = ""
expires = "soon"
[[template]]
value = "(a"
paths = [1]
)";
  std::vector<std::string> told;
  try {
    parse_config("c.toml", text);
  } catch (const FileErrors& errors) {
    for (const std::string& mistake : errors.all()) {
      told.push_back(mistake.substr(0, mistake.find('\n')));
    }
    CHECK(errors.what() ==
          std::string("c.toml:2:11: 'contact' must be a string\n  contact = 1\n            ^\n"
                      "c.toml:3:2: unknown key 'bypas'\n  [bypas]\n   ^\n"
                      "hint: did you mean 'bypass'?\n"
                      "c.toml:5:13: 'log' is not an absolute path\n  directory = \"log\"\n"
                      "              ^\nhint: the hook runs in each repository's own directory\n"
                      "and 10 more mistakes; 'pushguard config check' shows all of them"));
  }
  CHECK(told == std::vector<std::string>{
                    "c.toml:2:11: 'contact' must be a string", "c.toml:3:2: unknown key 'bypas'",
                    "c.toml:5:13: 'log' is not an absolute path", "c.toml:6:1: unknown key 'dir'",
                    "c.toml:8:25: unknown value 'stop'", "c.toml:8:33: unknown key 'confirm'",
                    "c.toml:8:63: 'possible' must be a string", "c.toml:9:1: 'reason' is missing",
                    "c.toml:10:8: 'rule' is empty",
                    "c.toml:11:11: 'expires' must be a date, as in 2027-01-31 "
                    "without quotes",
                    "c.toml:12:1: 'reason' is missing",
                    "c.toml:13:9: 'value' is not a pattern: missing ): (a",
                    "c.toml:14:10: 'paths' must hold only strings"});
}

TEST_CASE("the option --config comes before PUSHGUARD_CONFIG, and a named file must be there") {
  const test::ScratchDirectory scratch;
  const std::string one = scratch.path() / "1.toml", two = scratch.path() / "2.toml";
  test::write_file(one, "[message]\ncontact = \"one\"\n");
  test::write_file(two, "[message]\ncontact = \"two\"\n");
  const Environment environment({{"PUSHGUARD_CONFIG", two}});
  CHECK(load_config(one, environment).message.contact == "one");
  CHECK(load_config(std::nullopt, environment).message.contact == "two");
  CHECK_THROWS_WITH(load_config(scratch.path() / "none.toml", environment),
                    Catch::EndsWith("none.toml': No such file or directory"));
}

}  // namespace pushguard
