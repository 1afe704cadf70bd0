// SPDX-License-Identifier: Apache-2.0
// A site's rules in Pushguard's format. They are checked like built-in rules, but a mistake that
// only costs speed is a warning.
#include "rules/site_file.h"

#include <catch2/catch.hpp>

#include "detect/scanner.h"
#include "examples/rules_check.h"
#include "rules/built_in.h"
#include "rules/site_rules.h"
#include "support/git.h"
#include "vocabulary/mistakes.h"

namespace pushguard {
namespace {

std::string rule(const std::string& id, const std::string& regex, const std::string& keyword,
                 const std::string& example) {
  return "[[rule]]\nid = \"" + id + "\"\ndescription = \"Acme\"\nregex = '''" + regex +
         "'''\nkeywords = [\"" + keyword +
         "\"]\nconfidence = \"likely\"\nprivilege = \"write\"\nlifetime = \"unknown\"\n"
         "rotate = \"acme.example\"\nexamples = ['" +
         example + "']\nnegatives = ['{word}', '{x:9}']\n";
}

}  // namespace

TEST_CASE("rules without a bound, or with unproved keywords, run on whole objects") {
  const test::ScratchDirectory scratch;
  const std::filesystem::path path = scratch.path() / "s.toml";
  test::write_file(path, "provider = \"Acme\"\n" +
                             rule("bound", "acme=[0-9]{9}", "acme=", "acme={dig:9}") +
                             rule("long", "zeta=[0-9]+;", "zeta=", "zeta={dig:4000};") +
                             rule("apart", "[0-9]{9}#", "omega", "{dig:9}# of omega"));
  const SiteRules site({&path, 1}, {}, built_in_rules());
  const std::string name = path.native();
  CHECK(site.warnings() ==
        std::vector<std::string>{
            name + ":13: rule 'long': its matches have no longest length: it is run on the whole "
                   "of each object that has one of its keywords",
            name + ":13: rule 'long': a blob of 8 MiB or more that has one of its keywords counts "
                   "as 'too-large'",
            name + ":24: rule 'apart': its keywords may stand apart from its matches: it is run on "
                   "the whole of each object that has one",
            name + ":24: rule 'apart': a blob of 8 MiB or more that has one of its keywords counts "
                   "as 'too-large'"});
  const RulesCheck check = check_rules(site.raw(), built_in_templates());
  CHECK(check.mistakes == std::vector<std::string>{});
  CHECK(check.examples == 3);

  // Even when only the bytes after the keyword are fresh.
  const Templates none({}, {});
  Scanner scanner({&site.set()}, none, 0);
  const std::string text = "omega\n" + std::string(100, '-') + "729483516#\n";
  const std::string before = text.substr(0, 60);
  std::unique_ptr<Remembered> remembered;
  Object base{{}, ObjectType::blob, before};
  base.remember = &remembered;
  CHECK(scanner.scan(base).empty());
  const Copy copy{0, 0, before.size()};
  Object delta{{}, ObjectType::blob, text};
  delta.base = remembered.get();
  delta.base_size = before.size();
  delta.copies = {&copy, 1};
  CHECK(scanner.scan(delta).size() == 1);
}

TEST_CASE("a rule that would search nothing is a mistake") {
  const std::string text = "provider = \"Acme\"\n" + rule("acme", "acme=[0-9]{9}", "x", "{word}");
  const std::string keywords = "keywords = [\"x\"]";
  for (const char* instead : {"", "keywords = []", "paths = []"}) {
    std::string file = text;
    file.replace(file.find(keywords), keywords.size(), instead);
    CHECK_THROWS_WITH(read_rules(TomlFile("s.toml", file)),
                      "s.toml:2:1: 'keywords' is missing or empty\n  [[rule]]\n  ^");
  }
}

TEST_CASE("a rule without keywords has a regex whose every match begins where the text does") {
  const auto file = [](const std::string& regex) {
    std::string text = "provider = \"Acme\"\n" + rule("acme", regex, "x", "{word}");
    const std::string keywords = "keywords = [\"x\"]\n";
    return TomlFile("s.toml", text.erase(text.find(keywords), keywords.size()));
  };
  for (const char* regex : {"\\Afoo", "\\A(?:foo|bar)", "\\Afoo|\\Abar", "(?i)(\\Afoo)",
                            "\\b\\Afoo", "(?:\\Aa){2}", "(?:\\Aa)+b"}) {
    CAPTURE(regex);
    CHECK(read_rules(file(regex)).size() == 1);
  }
  for (const char* regex : {"\\Afoo|bar", "(?:\\A)?foo", "(?:\\A)*foo", "(?:\\Afoo|)bar", "\\A|foo",
                            "(?m)^foo", "(?:\\Aa){0,2}b", "[\\x00]\\Afoo|foo", "foo"}) {
    CAPTURE(regex);
    CHECK_THROWS_WITH(read_rules(file(regex)),
                      "s.toml:2:1: 'keywords' is missing or empty\n  [[rule]]\n  ^");
  }
}

TEST_CASE("the mistakes of all rules and files are told at once") {
  const test::ScratchDirectory scratch;
  const std::filesystem::path paths[] = {scratch.path() / "s.toml", scratch.path() / "g.toml",
                                         scratch.path() / "none.toml"};
  test::write_file(paths[0], "provider = \"Acme\"\n" +
                                 rule("One", "acme=[0-9]{9}", "acme=", "acme={dig:9}") +
                                 rule("two", "acme=([0-9]{9}", "acme=", "acme={dig:9}"));
  test::write_file(paths[1], "[[rules]]\nid = \"a\"\nregex = \"(\"\n"
                             "[[rules]]\nid = \"b\"\nregex = \"[\"\n");
  std::string told;
  try {
    SiteRules(paths, {}, built_in_rules());
  } catch (const FileErrors& errors) {
    for (const std::string& mistake : errors.all()) {
      told += mistake.substr(0, mistake.find('\n')) + "\n";
    }
  }
  const std::string s = paths[0].native(), g = paths[1].native(), none = paths[2].native();
  CHECK(told == s + ":3:6: a rule's id has only lower-case letters, digits and '-'\n" + s +
                    ":16:9: missing ): acme=([0-9]{9}\n" + g +
                    ":3:9: RE2 refuses the regex: missing ): (\n" + g +
                    ":6:9: RE2 refuses the regex: missing ]: [\ncannot read '" + none +
                    "': No such file or directory\n");
}

TEST_CASE("a site's rule does not take a built-in rule's id") {
  const test::ScratchDirectory scratch;
  const std::filesystem::path path = scratch.path() / "s.toml";
  test::write_file(path,
                   "provider = \"Acme\"\n" + rule("jwt", "acme=[0-9]{9}", "acme=", "acme={dig:9}"));
  CHECK_THROWS_WITH(SiteRules({&path, 1}, {}, built_in_rules()),
                    path.native() + ":2:1: 'jwt' is the id of a built-in rule\n  [[rule]]\n  ^");
}

TEST_CASE("two files of a site do not have rules of one id") {
  const test::ScratchDirectory scratch;
  const std::filesystem::path paths[] = {scratch.path() / "g.toml", scratch.path() / "s.toml"};
  test::write_file(paths[0], "[[rules]]\nid = \"acme\"\nregex = \"acme_[0-9]{9}\"\n");
  test::write_file(
      paths[1], "provider = \"Acme\"\n\n" + rule("acme", "acme=[0-9]{9}", "acme=", "acme={dig:9}"));
  CHECK_THROWS_WITH(SiteRules(paths, {}, built_in_rules()),
                    paths[1].native() + ":3:1: there is another rule 'acme'\n  [[rule]]\n  ^");
}

}  // namespace pushguard
