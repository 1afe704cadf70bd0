// SPDX-License-Identifier: Apache-2.0
// Scanning only what differs in a delta must give the same result as scanning the whole.
#include <catch2/catch.hpp>

#include <tuple>

#include "detect/inheritance.h"
#include "detect/scanner.h"
#include "examples/example.h"
#include "objects/quarantine.h"
#include "rules/built_in.h"
#include "rules/rule_file.h"
#include "support/git.h"
#include "support/random_texts.h"

namespace pushguard::test {
namespace {

constexpr int64_t kNow = 1767225600;

using Found = std::vector<std::tuple<std::string_view, size_t, size_t, Confidence>>;

Found found(const std::vector<Match>& matches) {
  Found all;
  for (const Match& match : matches) {
    all.emplace_back(match.rule->id, match.secret.begin, match.secret.end, match.confidence);
  }
  return all;
}

const std::vector<std::string>& example_patterns() {
  static const std::vector<std::string> patterns = [] {
    std::vector<std::string> all;
    for (const RuleSource& source : built_in_sources()) {
      for (const RawRule& rule :
           read_rules(TomlFile(std::string(source.name), std::string(source.text)))) {
        all.insert(all.end(), rule.examples.begin(), rule.examples.end());
        all.insert(all.end(), rule.keywords.begin(), rule.keywords.end());
      }
    }
    std::erase_if(all, [](const std::string& text) { return text.find("pem:") != text.npos; });
    return all;
  }();
  return patterns;
}

class Texts : public RandomTexts {
 public:
  explicit Texts(uint64_t seed) : RandomTexts(seed) {}

  std::string piece() override {
    const auto& patterns = example_patterns();
    ExampleGenerator generator(random_());
    switch (below(5)) {
      case 0: return generator.expand("{b64:" + std::to_string(below(400)) + "}");
      case 1: return "\n";
      case 2: return std::string(below(300), 'w');
      default: try { return generator.expand(patterns[below(patterns.size())]);
        } catch (const Error&) {  // a keyword with a brace
          return "{";
        }
    }
  }
};

}  // namespace

TEST_CASE("a chain of deltas is scanned with the same result as each version whole") {
  Scanner by_delta({&built_in_rules()}, built_in_templates(), kNow);
  Scanner whole({&built_in_rules()}, built_in_templates(), kNow);
  size_t total = 0;
  for (uint64_t round = 0; round < 600; ++round) {
    Texts texts(round);
    std::string content = texts.text(30);
    std::unique_ptr<Remembered> remembered;
    Object object{{}, ObjectType::blob, content};
    object.remember = &remembered;
    by_delta.scan(object);
    for (int version = 0; version < 6; ++version) {
      std::vector<Copy> copies;
      const std::string next = texts.edited(content, copies);
      const std::unique_ptr<Remembered> base = std::move(remembered);
      Object delta{{}, ObjectType::blob, next};
      delta.base = base.get();
      delta.base_size = content.size();
      delta.copies = copies;
      delta.remember = &remembered;
      const Found expected = found(whole.scan(next));
      INFO("round " << round << ", version " << version);
      REQUIRE(found(by_delta.scan(delta)) == expected);
      total += expected.size();
      content = next;
    }
  }
  CHECK(total > 4000);
}

TEST_CASE("a secret that only the seams of a delta make is found") {
  Scanner scanner({&built_in_rules()}, built_in_templates(), kNow);
  ExampleGenerator generator(3);
  const std::string token = generator.expand("xai-{b62:80}");
  REQUIRE(scanner.scan(token).size() == 1);
  const auto scan = [&](const std::string& base, const std::string& target,
                        const std::vector<Copy>& copies) {
    std::unique_ptr<Remembered> remembered;
    Object first{{}, ObjectType::blob, base};
    first.remember = &remembered;
    scanner.scan(first);
    for (const Copy& copy : copies) {
      REQUIRE(target.substr(copy.begin, copy.size) == base.substr(copy.base, copy.size));
    }
    Object delta{{}, ObjectType::blob, target};
    delta.base = remembered.get();
    delta.base_size = base.size();
    delta.copies = copies;
    return found(scanner.scan(delta));
  };
  const std::string front = token.substr(0, 30), back = token.substr(30);
  const Found one{{"xai-api-key", 0, token.size(), scanner.scan(token)[0].confidence}};

  SECTION("copy beside copy") {
    CHECK(scan(front + "\n\n" + back, token, {{0, 0, 30}, {30, 32, back.size()}}) == one);
  }
  SECTION("copy beside insert") {
    CHECK(scan(front + "\n", token, {{0, 0, 30}}) == one);
    CHECK(scan("\n" + back, token, {{30, 1, back.size()}}) == one);
  }
  SECTION("the keyword itself cut in three") {
    CHECK(scan("x\n" + token.substr(3), token, {{0, 0, 1}, {3, 2, token.size() - 3}}) == one);
  }
  SECTION("shifted by one byte, the base's own stays") {
    const Found moved{{"xai-api-key", 1, token.size() + 1, std::get<3>(one[0])}};
    CHECK(scan(token, "\n" + token, {{1, 0, token.size()}}) == moved);
  }
  SECTION("a byte put before it that ends it") {
    CHECK(scan(token, token.substr(0, 10) + "\n" + token.substr(10),
               {{0, 0, 10}, {11, 10, token.size() - 10}}) == Found{});
  }
}

namespace {

// Scans each object of a walk as a delta and as a whole.
class Comparer : public ObjectVisitor {
 public:
  void object(const Object& object) override {
    const Found expected = found(whole_.scan(object.content));
    CHECK(found(by_delta_.scan(object)) == expected);
    total += expected.size();
    deltas += object.base != nullptr;
  }
  void unscanned(Unscanned what) override { FAIL("unscanned " << what.detail); }

  size_t total = 0, deltas = 0;

 private:
  Scanner whole_{{&built_in_rules()}, built_in_templates(), kNow};
  Scanner by_delta_{{&built_in_rules()}, built_in_templates(), kNow};
};

}  // namespace

TEST_CASE("packs that git made are scanned with the same result as every object whole") {
  Comparer comparer;
  for (uint64_t round = 0; round < 20; ++round) {
    Texts texts(round + 1000);
    std::string stream, content = texts.text(30);
    for (int commit = 1; commit <= 25; ++commit) {
      stream += "commit refs/heads/main\ncommitter A <a@b> " + std::to_string(1000 + commit) +
                " +0000\ndata 3\nc\n\nM 100644 inline f\ndata " + std::to_string(content.size()) +
                "\n" + content + "\n";
      const size_t at = texts.below(content.size());
      content = content.substr(0, at) + texts.piece() +
                content.substr(at + texts.below(content.size() - at) / 8);
    }
    const ScratchDirectory scratch;
    git(scratch.path(), "init -q --bare r.git");
    git(scratch.path() / "r.git", "fast-import --quiet --force", stream);
    git(scratch.path() / "r.git", "repack -adfq --depth=40 --window=20");
    Quarantine(scratch.path() / "r.git/objects", 20).visit(Limits(), comparer);
  }
  CHECK(comparer.deltas > 100);
  CHECK(comparer.total > 300);
}

}  // namespace pushguard::test
