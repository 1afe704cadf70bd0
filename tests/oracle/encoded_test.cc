// SPDX-License-Identifier: Apache-2.0
// Secrets in encodings. Scanning only what differs in a delta, and scanning a large object in
// parts, must give the same result as scanning the whole.
#include <catch2/catch.hpp>

#include <set>
#include <tuple>

#include "detect/encoded_scanner.h"
#include "examples/example.h"
#include "rules/built_in.h"
#include "support/encode.h"
#include "support/random_texts.h"

namespace pushguard::test {
namespace {

constexpr int64_t kNow = 1767225600;

using Found = std::vector<std::tuple<size_t, size_t, std::string, std::string>>;

// Both scanners in the order in which a push uses them.
class Both {
 public:
  Found scan(const Object& object) {
    const std::vector<Match> plain = scanner_.scan(object);
    Found found;
    for (const EncodedMatch& match : encoded_.scan(object, plain)) {
      found.emplace_back(match.match.secret.begin, match.match.secret.end, match.encoding,
                         std::string(match.secret.reveal_for_comparison()));
    }
    return found;
  }
  Found scan(std::string_view content) { return scan(Object{{}, ObjectType::blob, content}); }

 private:
  Scanner scanner_{{&built_in_rules()}, built_in_templates(), kNow};
  EncodedScanner encoded_{scanner_, Limits()};
};

class Texts : public RandomTexts {
 public:
  explicit Texts(uint64_t seed) : RandomTexts(seed) {}

  std::string secret() {
    ExampleGenerator generator(random_());
    const std::string token = generator.expand("xai-{b62:80}");
    switch (below(3)) {
      case 0: return token;
      case 1: return "{\"name\": \"value\", \"token\": \"" + token + "\", \"more\": true}\n";
      default:
        return std::string(below(90), '.') + "key=" + token + "\n" + std::string(below(90), '.');
    }
  }

  std::string piece() override {
    constexpr std::string_view kAround[] = {"\n", " ", "\"", "'", "=", "/", "a", "\xff", "\n    "};
    const std::string around(kAround[below(std::size(kAround))]);
    std::string text = secret();
    const size_t way = below(17);
    if (way == 0) text = in_base64(text);
    switch (way < 2 ? 1 : way) {
      case 1: return around + in_base64(text) + around;
      case 2: return around + in_lines(in_base64(text), 64, below(2) == 0 ? "\n" : "\n  ") + "\n";
      case 3: return around + in_hex(text) + around;
      case 4: return around + in_url_encoding(text) + around;
      case 5: return in_utf16(text, below(2) == 0);
      case 6: return around + in_base64(in_gzip(text)) + around;
      case 7: return std::string(65, '.') + text.substr(0, 10) + "=\n" + text.substr(10) + "\n";
      case 8: return around + text.substr(0, 20) + "\\u0041" + text.substr(20);
      case 9:
        return ExampleGenerator(random_()).expand("{b64:" + std::to_string(1 + below(400)) + "}");
      case 10: return std::string(below(300), 'w');
      case 11: return around + in_lines(in_base64(text), 1 + below(40), "\n    ") + "\n";
      case 12: return "\"" + in_lines(text, 1 + below(30), "\" +\n  \"") + "\";\n";
      case 13: return in_lines(in_hex(text), 2, below(2) == 0 ? ", 0x" : ":") + around;
      case 14: return around + in_lines(in_hex(text), 2 + below(20), "\n# ") + "\n";
      case 15: return around + in_lines(text, 3 + below(9), "=\n") + "\n";
      default: return "\n";
    }
  }
};

}  // namespace

TEST_CASE("encoded secrets in a chain of deltas are the same as in each version whole") {
  Both by_delta, whole;
  size_t total = 0;
  for (uint64_t round = 0; round < 2000; ++round) {
    Texts texts(round);
    std::string content = texts.text(12);
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
      const Found expected = whole.scan(next);
      INFO("round " << round << ", version " << version);
      REQUIRE(by_delta.scan(delta) == expected);
      total += expected.size();
      content = next;
    }
  }
  CHECK(total > 5000);
}

TEST_CASE("encoded secrets in the parts of an object are the same as in the whole") {
  Both in_parts, whole;
  size_t total = 0;
  for (uint64_t round = 0; round < 60; ++round) {
    Texts texts(round + 9000);
    std::string content;
    while (content.size() < 60000) content += texts.text(12) + std::string(texts.below(2000), ' ');
    std::set<std::tuple<size_t, size_t, std::string, std::string>> found;
    constexpr size_t kPart = 20000, kMargin = 8000;
    for (size_t begin = 0; begin < content.size(); begin += kPart) {
      const size_t from = begin - std::min(begin, kMargin);
      const size_t end = std::min(content.size(), begin + kPart);
      const size_t to = std::min(content.size(), end + kMargin);
      Object object{{}, ObjectType::blob, std::string_view(content).substr(from, to - from)};
      const Object::Part part{{begin - from, end - from}, from};
      object.part = &part;
      for (auto [first, last, encoding, secret] : in_parts.scan(object)) {
        CHECK(found.emplace(first + from, last + from, encoding, secret).second);
      }
    }
    const Found expected = whole.scan(content);
    INFO("round " << round);
    REQUIRE(Found(found.begin(), found.end()) == [&] {
      Found sorted = expected;
      std::ranges::sort(sorted);
      return sorted;
    }());
    total += expected.size();
  }
  CHECK(total > 500);
}

}  // namespace pushguard::test
