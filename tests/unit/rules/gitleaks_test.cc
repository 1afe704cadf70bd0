// SPDX-License-Identifier: Apache-2.0
// Gitleaks configuration files: what their rules find in Pushguard, and each mistake and
// warning with its place.
#include <catch2/catch.hpp>

#include "detect/scanner.h"
#include "examples/example.h"
#include "rules/built_in.h"
#include "rules/site_file.h"
#include "rules/site_rules.h"
#include "support/git.h"

namespace pushguard {
namespace {

// A site with one file of rules.
class Site {
 public:
  explicit Site(const std::string& text)
      : file_(write(text)), rules_({&file_, 1}, {}, built_in_rules()) {}

  // The secrets in `text`, one on each line.
  std::string found(const std::string& text) {
    const Templates none({}, {});
    Scanner scanner({&rules_.set()}, none, 0);
    std::string secrets;
    for (const Match& match : scanner.scan(text)) {
      secrets += text.substr(match.secret.begin, match.secret.size()) + "\n";
    }
    return secrets;
  }
  // The warnings, without the path of the scratch directory.
  std::vector<std::string> warnings() const {
    std::vector<std::string> told;
    for (const std::string& warning : rules_.warnings()) {
      told.push_back(warning.substr(scratch_.path().native().size() + 1));
    }
    return told;
  }
  const SiteRules& rules() const { return rules_; }

 private:
  std::filesystem::path write(const std::string& text) {
    const auto path = scratch_.path() / "g.toml";
    test::write_file(path, text);
    return path;
  }

  test::ScratchDirectory scratch_;
  std::filesystem::path file_;
  SiteRules rules_;
};

std::string mistake(const std::string& text) {
  const test::ScratchDirectory scratch;
  const auto path = scratch.path() / "g.toml";
  test::write_file(path, text);
  try {
    read_site_file(path);
  } catch (const Error& error) {
    return std::string(error.what()).substr(scratch.path().native().size() + 1);
  }
  return "no mistake";
}

using Warnings = std::vector<std::string>;

}  // namespace

TEST_CASE("a gitleaks rule finds its group's secret, of enough entropy") {
  Site site(R"(
title = "site"
[[rules]]
id = "acme"
description = "Acme token"
regex = '''(?i)acme[_-](?P<kind>key)=([a-z0-9]{10})\b'''
secretGroup = 2
keywords = ["ACME"]
entropy = 3.0
)");
  CHECK(site.found("x ACME_key=q7x2m9k4w1;\nacme-key=aaaaaaaaaa\n") == "q7x2m9k4w1\n");
  CHECK(site.warnings() == Warnings{});
  const RawRule& rule = site.rules().raw().at(0);
  CHECK(rule.confidence == Confidence::likely);
  CHECK(rule.description == "Acme token");
}

TEST_CASE("without secretGroup the first group that is not empty is the secret, else the match") {
  Site site(R"(
[[rules]]
id = "either"
regex = '''zeta:(?:a([0-9]{4})?|b()([0-9]{4}))'''
)");
  CHECK(site.found("zeta:a7291 zeta:b4836 zeta:a") == "7291\n4836\nzeta:a\n");
}

TEST_CASE("keys are read without regard to case") {
  Site site("[[Rules]]\nID = \"a\"\nRegex = '''alpha-([0-9]{4})x?'''\nSecretGroup = 1\n");
  CHECK(site.found("alpha-7291") == "7291\n");
}

TEST_CASE("Go's named groups are understood, and only where they are groups") {
  Site site("[[rules]]\nid = \"a\"\nregex = '''gamma[(?<]\\(?(?<value>[0-9]{4})'''\n");
  CHECK(site.found("gamma<7291 gamma((4836") == "7291\n4836\n");
}

TEST_CASE("keywords are taken from the regex where the file gives none") {
  Site site("[[rules]]\nid = \"a\"\nregex = '''(?:omega|sigma)_[0-9]{4}'''\n");
  CHECK(site.warnings() == Warnings{});
  CHECK(site.rules().raw().at(0).keywords == std::vector<std::string>{"sigma_", "omega_"});
  CHECK(site.found("SIGMA_7291 sigma_7291 omega_7291") == "sigma_7291\nomega_7291\n");
}

TEST_CASE("a rule that no keyword filters is run on whole objects, and says so") {
  SECTION("keywords apart from the match: anywhere in the object, as in gitleaks") {
    Site site("[[rules]]\nid = \"hex\"\nregex = '''\\b[0-9a-f]{8}\\b'''\nkeywords = [\"acme\"]\n");
    CHECK(site.found("7f3a09ce\n" + std::string(3000, '-') + "\nAcme") == "7f3a09ce\n");
    CHECK(site.found("7f3a09ce\n") == "");
    CHECK(
        site.warnings() ==
        Warnings{
            "g.toml:1: rule 'hex': its keywords may stand apart from its matches: it is run on the "
            "whole of each object that has one",
            "g.toml:1: rule 'hex': a blob of 8 MiB or more that has one of its keywords counts as "
            "'too-large'"});
  }
  SECTION("no literal at all") {
    Site site("[[rules]]\nid = \"hex\"\nregex = '''\\b[0-9a-f]{8}\\b'''\n");
    CHECK(site.found("x 7f3a09ce") == "7f3a09ce\n");
    CHECK(site.warnings() == Warnings{"g.toml:1: rule 'hex': its regex has no literal to look for "
                                      "first: it is run on every object"});
  }
  SECTION("matches without a longest length") {
    Site site("[[rules]]\nid = \"long\"\nregex = '''acme=[0-9 ]+;'''\n");
    const std::string match = "acme=" + ExampleGenerator(1).expand("{dig:5000}") + ";";
    CHECK(site.found("x" + match) == match + "\n");
    CHECK(
        site.warnings() ==
        Warnings{
            "g.toml:1: rule 'long': its matches have no longest length: it is run on the whole of "
            "each "
            "object that has one of its keywords",
            "g.toml:1: rule 'long': a blob of 8 MiB or more that has one of its keywords counts as "
            "'too-large'"});
  }
  SECTION("a keyword of two bytes is not asked for, nor are its fellows") {
    Site site(
        "[[rules]]\nid = \"ab\"\nregex = '''\\bab[0-9]{6}\\b'''\nkeywords = [\"ab\", \"other\"]\n");
    CHECK(site.found("ab729483") == "ab729483\n");
    CHECK(site.warnings().at(0) ==
          "g.toml:4: rule 'ab': keyword 'ab' is shorter than 3 bytes: no keyword is asked for");
  }
}

TEST_CASE("an allow-list excuses by secret, match, line and stopword") {
  const std::string rule =
      "[[rules]]\nid = \"a\"\nregex = '''tau=([a-z]{6,9})'''\n[[rules.allowlists]]\n";
  CHECK(Site(rule + "regexes = ['''^blue''']\n").found("tau=bluebird tau=redbird") == "redbird\n");
  CHECK(Site(rule + "regexTarget = \"match\"\nregexes = ['''^tau=b''']\n")
            .found("tau=bluebird tau=redbird") == "redbird\n");
  CHECK(Site(rule + "regexTarget = \"line\"\nregexes = ['''ok$''']\n")
            .found("tau=bluebird ok\ntau=redbird no\ntau=greenbird ok") == "redbird\n");
  CHECK(Site(rule + "stopwords = [\"Ebir\"]\n").found("tau=bluebird tau=redbird") == "redbird\n");
  // One condition is enough (OR), unless the list says AND: then every kind must hold.
  const std::string both = "regexes = ['''blue''']\nstopwords = [\"bird\"]\n";
  CHECK(Site(rule + both).found("tau=bluebird tau=redbird tau=bluefish tau=redfish") ==
        "redfish\n");
  CHECK(
      Site(rule + "condition = \"AND\"\n" + both).found("tau=bluebird tau=redbird tau=bluefish") ==
      "redbird\nbluefish\n");
}

TEST_CASE("the older allow-list, the file's, and those for some rules") {
  const std::string rules = "[[rules]]\nid = \"a\"\nregex = '''tau=([a-z]{6,9})'''\n"
                            "[rules.allowlist]\nstopwords = [\"green\"]\n"
                            "[[rules]]\nid = \"b\"\nregex = '''rho=([a-z]{6,9})'''\n";
  const std::string text = "tau=bluebird rho=bluebird tau=greenbird rho=greenbird";
  CHECK(Site(rules).found(text) == "bluebird\nbluebird\ngreenbird\n");
  CHECK(Site(rules + "[allowlist]\nstopwords = [\"blue\"]\n").found(text) == "greenbird\n");
  CHECK(
      Site(rules + "[[allowlists]]\ntargetRules = [\"b\"]\nstopwords = [\"blue\"]\n").found(text) ==
      "bluebird\ngreenbird\n");
}

TEST_CASE("an allow-list by place is noted while scanning, and the match remains") {
  Site site(R"(
[[rules]]
id = "a"
regex = '''tau=([a-z]{6,9})'''
[[rules.allowlists]]
condition = "AND"
regexTarget = "line"
regexes = ["ok"]
paths = ["^tests/"]
[[rules.allowlists]]
commits = ["0123456789012345678901234567890123456789"]
)");
  const Templates none({}, {});
  Scanner scanner({&site.rules().set()}, none, 0);
  const auto matches = scanner.scan("tau=bluebird ok\ntau=redbird\n");
  REQUIRE(matches.size() == 2);
  CHECK(matches[0].allowlists_by_place == 3);
  CHECK(matches[1].allowlists_by_place == 2);
  const Conditions& conditions = *site.rules().set().rules[0].conditions;
  CHECK(conditions.allowed_at_place(3, "tests/a", {}));
  CHECK_FALSE(conditions.allowed_at_place(2, "tests/a", {}));
  CHECK_FALSE(conditions.allowed_at_place(3, "src/tests/a", {}));
  CHECK(conditions.allowed_at_place(
      2, "src/a", *Oid::from_hex(std::string("0123456789") + "012345678901234567890123456789")));
}

TEST_CASE("a rule that requires another matches only near it") {
  const auto site = [](const std::string& within) {
    return Site("[[rules]]\nid = \"secret\"\nregex = '''tau=([a-z]{6,9})'''\n"
                "[[rules.required]]\nid = \"user\"\n" +
                within +
                "[[rules]]\nid = \"user\"\nskipReport = true\nregex = '''user=[a-z]{1,9}'''\n"
                "[[rules.allowlists]]\nstopwords = [\"nobody\"]\n");
  };
  CHECK(site("").found("user=ann\n\n\n\ntau=bluebird") == "bluebird\n");
  CHECK(site("").found("tau=bluebird") == "");
  CHECK(site("").found("user=nobody\ntau=bluebird") == "");
  CHECK(site("").found("user=ann\n") == "");
  CHECK(site("withinLines = 2\n").found("user=ann\n\ntau=bluebird") == "bluebird\n");
  CHECK(site("withinLines = 2\n").found("tau=bluebird\n\nuser=ann") == "bluebird\n");
  CHECK(site("withinLines = 2\n").found("user=ann\n\n\ntau=bluebird\n\n\nuser=ann") == "");
  CHECK(site("withinLines = 0\n").found("user=ann tau=bluebird\ntau=redbird") == "bluebird\n");
  CHECK(site("withinColumns = 5\n").found("user=ann\n     tau=bluebird") == "bluebird\n");
  CHECK(site("withinColumns = 5\n").found("user=ann\n      tau=bluebird") == "");
  CHECK(site("withinColumns = 5\n").found("user=ann  tau=bluebird") == "");
}

TEST_CASE("a file extends another: its values first, their lists together") {
  const test::ScratchDirectory scratch;
  test::write_file(scratch.path() / "base.toml",
                   "[[rules]]\nid = \"a\"\ndescription = \"Base\"\nregex = '''tau=([a-z]{6,9})'''\n"
                   "[[rules]]\nid = \"b\"\nregex = '''rho=([a-z]{6,9})'''\n");
  test::write_file(scratch.path() / "g.toml",
                   "[extend]\npath = \"base.toml\"\ndisabledRules = [\"b\", \"c\"]\n"
                   "[[rules]]\nid = \"a\"\n[[rules.allowlists]]\nstopwords = [\"blue\"]\n");
  const SiteFile file = read_site_file(scratch.path() / "g.toml");
  REQUIRE(file.rules.size() == 1);
  CHECK(file.rules[0].description == "Base");
  REQUIRE(file.rules[0].conditions);
  CHECK(file.rules[0].conditions->allowlists.size() == 1);
  CHECK(file.texts.size() == 2);
  CHECK(file.texts[1].name == (scratch.path() / "base.toml").native());
  CHECK(file.warnings ==
        Warnings{(scratch.path() / "g.toml").native() +
                 ":3: no extended file has the rule 'c' of 'disabledRules'; what a built-in rule "
                 "finds is let through by [[allow]] in the configuration"});
}

TEST_CASE("what is not honoured is a warning with its place") {
  const std::string rule = "[[rules]]\nid = \"a\"\nregex = '''tau=[a-z]{6,9}'''\n";
  const std::pair<std::string, std::string> cases[] = {
      {rule + "severity = \"high\"\n", "g.toml:4: key 'severity' is unknown and has no effect"},
      {rule +
           "tags = [\"x\"]\n[[rules]]\nid = \"b\"\nregex = '''rho=[a-z]{6,9}'''\ntags = [\"x\"]\n",
       "g.toml:4: 'tags' are not kept; this is said once for all rules"},
      {rule + "[[rules]]\nid = \"b\"\npath = '''\\.pem$'''\n",
       "g.toml:6: rule 'b': it has no 'regex', and a file is not refused for its name: left out"},
      {rule + "[extend]\nuseDefault = true\n",
       "g.toml:5: gitleaks' own rules are not here; Pushguard's built-in rules run in any case"},
      {rule + "[allowlist]\ndescription = \"none\"\n",
       "g.toml:4: the allow-list has no condition and allows nothing"},
      {"[[rules]]\nid = \"a\"\nregex = '''tau=\\p{L}{6,9}'''\n",
       "g.toml:3: rule 'a': a class with characters beyond ASCII is one of their bytes"},
      {"[[rules]]\nid = \"jwt\"\nregex = '''tau=[a-z]{6,9}'''\n",
       "g.toml:1: rule 'jwt' is called 'site-jwt' here: that is the id of a built-in rule"},
  };
  for (const auto& [text, warning] : cases) {
    INFO(text);
    CHECK(Site(text).warnings() == Warnings{warning});
  }
  CHECK(
      Site("[extend]\nuseDefault = true\n[[rules]]\nid = \"theirs\"\nkeywords = [\"abc\"]\n" +
           rule + "[[allowlists]]\ntargetRules = [\"gone\"]\nstopwords = [\"x\"]\n")
          .warnings() ==
      Warnings{
          "g.toml:2: gitleaks' own rules are not here; Pushguard's built-in rules run in any case",
          "g.toml:10: there is no rule 'gone' for the allow-list",
          "g.toml:9: the allow-list is for the rules of this file; for built-in ones there is "
          "[[allow]] in the configuration",
          "g.toml:3: rule 'theirs': it only changes one of gitleaks' own rules, which is not "
          "here: left out"});
}

TEST_CASE("a mistake in a gitleaks file is reported with its place") {
  const std::string rule = "[[rules]]\nid = \"a\"\nregex = '''tau=[a-z]{6,9}'''\n";
  const std::pair<std::string, std::string> cases[] = {
      {"[[rules]]\nregex = '''x'''\n", "g.toml:1:1: 'id' is missing\n  [[rules]]\n  ^"},
      {"[[rules]]\nid = \"a\"\n",
       "g.toml:1:1: rule 'a' has neither 'regex' nor 'path'\n  [[rules]]\n  ^"},
      {"[[rules]]\nid = \"a\"\nregex = '''a(?=b)'''\n",
       "g.toml:3:9: RE2 refuses the regex: invalid perl operator: (?=\n  regex = '''a(?=b)'''\n    "
       "      ^"},
      {"[[rules]]\nid = \"a\"\nregex = '''a(b)'''\nsecretGroup = 2\n",
       "g.toml:4:15: the regex has only 1 capture groups\n  secretGroup = 2\n                ^"},
      {"[[rules]]\nid = \"a\"\nregex = '''a(b)'''\nentropy = \"high\"\n",
       "g.toml:4:11: 'entropy' must be a number\n  entropy = \"high\"\n            ^"},
      {rule + rule, "g.toml:4:1: there is another rule 'a'\n  [[rules]]\n  ^"},
      {rule + "[[rules.allowlists]]\npath = [\"x\"]\n",
       "g.toml:5:8: key 'path' is unknown\n  path = [\"x\"]\n         ^"},
      {rule + "[[rules.allowlists]]\nregexes = [\"ok\", \"(\"]\n",
       "g.toml:5:18: RE2 refuses the regex: missing ): (\n  regexes = [\"ok\", \"(\"]\n            "
       "       ^"},
      {rule + "[[rules.allowlists]]\ncondition = \"xor\"\nregexes = [\"ok\"]\n",
       "g.toml:5:13: unknown value 'xor'\n  condition = \"xor\"\n              ^\nhint: one of: "
       "AND, OR"},
      {rule + "[[rules.allowlists]]\nregexTarget = \"file\"\nregexes = [\"ok\"]\n",
       "g.toml:5:15: unknown value 'file'\n  regexTarget = \"file\"\n                ^\n"
       "hint: one of: secret, match, line"},
      {rule + "[[rules.allowlists]]\nstopwords = [\"\"]\n",
       "g.toml:5:14: an empty stopword allows everything\n  stopwords = [\"\"]\n               ^"},
      {rule + "[[rules.allowlists]]\ncommits = [\"0123\"]\n",
       "g.toml:5:12: not the full id of a commit\n  commits = [\"0123\"]\n             ^"},
      {rule + "[[allowlists]]\ntargetRules = [\"b\"]\nstopwords = [\"x\"]\n",
       "g.toml:5:16: there is no rule 'b' for the allow-list\n  targetRules = [\"b\"]\n            "
       "     ^"},
      {rule + "[[rules.required]]\nid = \"b\"\n",
       "g.toml:4:1: there is no rule 'b' with a regex to require\n  [[rules.required]]\n  ^"},
      {rule + "[extend]\nurl = \"https://example.com\"\n",
       "g.toml:5:7: Pushguard never uses the network\n  url = \"https://example.com\"\n        ^\n"
       "hint: fetch the file and name it in 'path'"},
      {rule + "[extend]\nuseDefault = true\npath = \"x\"\n",
       "g.toml:5:14: 'useDefault' and 'path' exclude each other\n  useDefault = true\n             "
       "  ^"},
      {"[extend]\nuseDefault = true\n[allowlist]\npaths = [\"x\"]\n",
       "g.toml:1:1: the file leaves no rule to run\n  [extend]\n  ^\n"
       "hint: Pushguard's rules need no file; exceptions are [[allow]] entries"},
      {"[[rules]]\nid = \"a\"\npath = \"x\"\n",
       "g.toml:1:1: the file leaves no rule to run\n  [[rules]]\n  ^\n"
       "hint: it needs a [[rules]] with 'id' and 'regex'"},
      {"provider = \"Acme\"\n" + rule, "g.toml:2:1: the file mixes two formats: [[rule]] and "
                                       "gitleaks' [[rules]]\n  [[rules]]\n  ^"},
      {"title = \"x\"\n", "g.toml:1:1: this is no rule file\n  title = \"x\"\n  ^\n"
                          "hint: it has neither [[rule]] nor, as gitleaks has, [[rules]]"},
  };
  for (const auto& [text, message] : cases) {
    INFO(text);
    CHECK(mistake(text) == message);
  }
}

TEST_CASE("a mistake in an extended file is reported with its place in that file") {
  const test::ScratchDirectory scratch;
  const std::string base = scratch.path() / "base.toml", top = scratch.path() / "g.toml";
  test::write_file(top, "[extend]\npath = \"base.toml\"\n");
  CHECK_THROWS_WITH(read_site_file(top), top + ":2:8: cannot read '" + base +
                                             "': No such file or directory\n"
                                             "  path = \"base.toml\"\n         ^");
  test::write_file(base, "[[rules]]\nid = 1\n");
  CHECK_THROWS_WITH(read_site_file(top), base + ":2:6: 'id' must be a string\n  id = 1\n       ^");
  test::write_file(base, "[extend]\npath = \"base.toml\"\n");
  CHECK_THROWS_WITH(read_site_file(top), base + ":2:8: 'path' leads more than 2 files deep\n"
                                                "  path = \"base.toml\"\n         ^");
}

}  // namespace pushguard
