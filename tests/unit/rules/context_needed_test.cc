// SPDX-License-Identifier: Apache-2.0
// Rules and the parts of large blobs: a rule that needs more context than parts have is
// reported.
#include "rules/context_needed.h"

#include <catch2/catch.hpp>

#include "detect/collector.h"
#include "objects/blob_stream.h"
#include "objects/quarantine.h"
#include "rules/built_in.h"
#include "rules/site_rules.h"
#include "support/encode.h"
#include "support/git.h"
#include "support/pack_writer.h"

namespace pushguard::test {
namespace {

// "long" has matches of any length, "zeta" of a bounded one. The keyword of "apart" is no part of
// its matches. "near" requires a match of "zeta" near by.
constexpr const char* kRules = R"([[rules]]
id = "long"
regex = '''acme=[0-9 ]+;'''
[[rules]]
id = "zeta"
regex = '''zeta=[0-9]{6}'''
[[rules]]
id = "apart"
regex = '''\b[0-9a-f]{8}#'''
keywords = ["omega"]
[[rules]]
id = "near"
regex = '''sigma=[0-9]{6}'''
[[rules.required]]
id = "zeta"
)";

class Seen {
 public:
  explicit Seen(const std::string& rules = kRules) {
    const std::filesystem::path path = scratch_.path() / "g.toml";
    write_file(path, rules);
    site_ = std::make_unique<SiteRules>(std::span(&path, 1), std::span<const OwnPrefixes>(),
                                        built_in_rules());
    std::erase_if(warnings = site_->warnings(),
                  [](const std::string& text) { return text.find("MiB") == text.npos; });
    for (std::string& text : warnings) text.erase(0, text.find("rule '"));
  }

  // Walks a pack with these blobs.
  void walk(const std::vector<std::string>& blobs) {
    PackWriter pack;
    for (const std::string& blob : blobs) pack.whole(3, blob);
    std::filesystem::create_directories(scratch_.path() / "q/pack");
    pack.write(scratch_.path() / "q/pack");
    Scanner scanner({&built_in_rules(), &site_->set()}, none_, 0);
    Collector collector(scanner, built_in_file_names(), Limits{});
    Quarantine(scratch_.path() / "q", 20).visit(Limits{}, collector);
    for (const Finding& finding : collector.finish().findings) found.emplace_back(finding.rule->id);
    gaps = collector.finish().unscanned.take();
  }

  std::vector<std::string> found, warnings;
  std::vector<Unscanned> gaps;

 private:
  ScratchDirectory scratch_;
  const Templates none_{{}, {}};
  std::unique_ptr<SiteRules> site_;
};

// A blob of 12 MiB, which arrives in parts, with the texts at their positions.
std::string large(std::initializer_list<std::pair<size_t, std::string_view>> texts) {
  std::string blob(size_t{12} << 20, '\n');
  for (const auto& [position, text] : texts) blob.replace(position, text.size(), text);
  return blob;
}

constexpr size_t kMib = size_t{1} << 20;
using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("every built-in rule sees all that it needs in the parts of a large blob") {
  for (const RuleSet* set : {&built_in_rules(), &built_in_file_rules()}) {
    for (const Rule& rule : set->rules) {
      INFO(rule.id);
      CHECK(rule.context_needed > 0);
      CHECK(rule.context_needed <= kPartMargin);
      CHECK(fits_overlap(rule));
    }
  }
}

TEST_CASE("a large blob in which a rule may have missed something is reported once for each rule") {
  Seen seen;
  CHECK(seen.warnings ==
        Strings{"rule 'long': a blob of 8 MiB or more that has one of its keywords counts as "
                "'too-large'",
                "rule 'apart': a blob of 8 MiB or more that has one of its keywords counts as "
                "'too-large'"});
  // The same scanner scans this blob after each part of the large one.
  const std::string encoded = in_base64("text that is long enough to be looked into");
  const std::string blob = large({{kMib, "7f3a09ce#"},
                                  {3 * kMib, encoded},
                                  {11 * kMib + 99, encoded},
                                  {2 * kMib, "acme=12;"},
                                  {9 * kMib, "acme="},
                                  {10 * kMib, "omega"},
                                  {11 * kMib, "acme=34;"}});
  seen.walk({"acme=56; omega", blob, large({})});
  CHECK(seen.found == Strings{"long", "long", "long"});
  REQUIRE(seen.gaps.size() == 1);
  CHECK(seen.gaps[0].id.bytes[19] == 2);  // ids count from 1
  CHECK(seen.gaps[0].type == ObjectType::blob);
  CHECK(seen.gaps[0].size == blob.size());
  CHECK(seen.gaps[0].why == Why::too_large);
  CHECK(seen.gaps[0].detail ==
        "looked at in parts, while more than a part may be needed for rule 'long', 'apart'");
}

TEST_CASE("rules with a bound find matches across parts, and nothing is reported as unscanned") {
  Seen seen;
  seen.walk({large({{kPartBytes + kPartMargin - 8, "zeta=729483"},
                    {2 * kPartBytes - 8, "sigma=836194"},
                    {2 * kPartBytes + 15000, "zeta=551837"}})});
  CHECK(seen.found == Strings{"zeta", "near", "zeta"});
  CHECK(seen.gaps.empty());
}

TEST_CASE("a rule for the beginning of a file is tried there and not in later parts") {
  for (const char* keywords : {"", "keywords = [\"magic\"]\n"}) {
    Seen seen("[[rules]]\nid = \"begin\"\nregex = '''\\Amagic=[0-9]{6}'''\n" +
              std::string(keywords));
    seen.walk({large({{0, "magic=729483"},
                      {kPartBytes - kPartMargin, "magic=551837"},
                      {kPartBytes, "magic=551838"},
                      {2 * kPartBytes - kPartMargin, "magic=836194"}})});
    CHECK(seen.found == Strings{"begin"});
    CHECK(seen.gaps.empty());
  }
}

TEST_CASE("a rule without any keyword is found in parts if its matches have a bound") {
  Seen bound("[[rules]]\nid = \"hex\"\nregex = '''\\b[0-9a-f]{8}#'''\n");
  bound.walk({large({{kPartBytes - 3, "7f3a09ce#"}})});
  CHECK(bound.warnings.empty());
  CHECK(bound.found == Strings{"hex"});
  CHECK(bound.gaps.empty());
  Seen unbound("[[rules]]\nid = \"hex\"\nregex = '''\\b[0-9a-f]+#'''\n");
  unbound.walk({large({})});
  CHECK(unbound.warnings == Strings{"rule 'hex': a blob of 8 MiB or more counts as 'too-large'"});
  REQUIRE(unbound.gaps.size() == 1);
  CHECK(unbound.gaps[0].detail ==
        "looked at in parts, while more than a part may be needed for rule 'hex'");
}

}  // namespace pushguard::test
