// SPDX-License-Identifier: Apache-2.0
// The second scan of a file, which its name asks for.
#include "detect/named_file.h"

#include <catch2/catch.hpp>

#include "examples/example.h"
#include "rules/built_in.h"

namespace pushguard::test {
namespace {

using Lines = std::vector<std::string>;

constexpr int64_t kNow = 1767225600;

class Look {
 public:
  // "RULE LINE:COLUMN", and " example" for a promoted example; those that count at `path`.
  Lines operator()(const std::string& content, std::string_view path, bool examples = true) {
    Scanner* const all = examples ? &scanner_ : nullptr;
    Lines lines;
    for (const Finding& finding :
         scan_named_file({{}, ObjectType::blob, content}, {all, file_rules_})) {
      if (!counts_in_file(finding, path)) continue;
      CHECK(finding.kind != FindingKind::anywhere);
      const bool promoted = finding.kind == FindingKind::promoted_example;
      CHECK(finding.example.empty() == !promoted);
      lines.push_back(std::string(finding.rule->id) + " " + std::to_string(finding.line) + ":" +
                      std::to_string(finding.column) + (promoted ? " example" : ""));
    }
    return lines;
  }

 private:
  Scanner scanner_{{&built_in_rules()}, built_in_templates(), kNow};
  Scanner file_rules_{{&built_in_file_rules()}, built_in_templates(), kNow};
};

const std::string kDop = "dop" + ("_v1_" + std::string(64, '0')),
                  kGhp = "ghp" + ("_" + std::string(36, '0'));

}  // namespace

TEST_CASE("examples come in order of position, whichever rule knows them, each once") {
  Look look;
  CHECK(look("A=1\nB=" + kDop + " C=" + kGhp + "\n" + kDop + " " + kGhp + "\n", ".env") ==
        Lines{"digitalocean-pat 2:3 example", "github-pat-classic 2:77 example",
              "digitalocean-pat 3:1 example", "github-pat-classic 3:73 example"});
}

TEST_CASE("an example counts in a real environment file only") {
  Look look;
  const std::string content = "TOKEN=" + kDop + "\n";
  CHECK(look(content, "deploy/.env.production").size() == 1);
  CHECK(look(content, ".env.example").empty());
  CHECK(look(content, "README.md").empty());
  CHECK(look(content, ".env", false).empty());
}

TEST_CASE("what a rule about certain files finds counts in these only") {
  Look look;
  const std::string content =
      "db.corp.net:5432:app:joe:" + ExampleGenerator(1).expand("{b62:20}") + "\n";
  CHECK(look(content, "home/.pgpass") == Lines{"pgpass-file 1:26"});
  CHECK(look(content, ".env").empty());
}

}  // namespace pushguard::test
