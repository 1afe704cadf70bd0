// SPDX-License-Identifier: Apache-2.0
// A token is found in each encoding and layout of a table, and told at its line.
#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <set>

#include "detect/content_scanner.h"
#include "examples/example.h"
#include "rules/built_in.h"
#include "support/encoders.h"

namespace pushguard::test {
namespace {

constexpr int64_t kNow = 1767225600;

struct Around {
  std::string head, before, after, tail;  // outside and inside of what is encoded
};

class Case {
 public:
  Case(uint64_t seed, const Encoder& encoder, size_t width) : encoder_(encoder), width_(width) {
    constexpr std::string_view kTokens[] = {"xai-{b62:80}", "glpat-{b64u:20}"};
    token_ = ExampleGenerator(seed).expand(kTokens[seed % 2]);
    static const Around kAround[] = {
        {"first line\nsecond: line\n", "", "", "\nlast line\n"},
        {"", "=", "\n", ""},
        {"int f() {\n  return 1;\n}\n\n", "k=", " ", "\n}\n"},
        {"the quick brown fox\r\njumps over\r\n", "key=", "\nnext=1\n", "\r\nthe lazy dog\r\n"},
        {"a\nb\nc\nd\n", "token: ", "  ", "\na\nb\n"},
    };
    around_ = kAround[seed % std::size(kAround)];
  }

  std::string content() const { return written(token_); }
  const std::string& token() const { return token_; }

  // The line on which the first character of the token is written.
  size_t line() const {
    const std::string content = this->content();
    std::string other = token_;
    other[0] = static_cast<char>(~static_cast<unsigned char>(other[0]));
    const std::string changed = written(other);
    const auto at = std::mismatch(content.begin(), content.end(), changed.begin(), changed.end());
    const std::string before(content.begin(), at.first);
    return 1 + static_cast<size_t>(std::ranges::count(before, '\n'));
  }

 private:
  std::string written(const std::string& token) const {
    const bool wide = encoder_.name.starts_with("UTF-16");
    return (wide ? "" : around_.head) +
           encoder_.encode(around_.before + token + around_.after, width_) +
           (wide ? "" : around_.tail);
  }

  const Encoder& encoder_;
  size_t width_;
  std::string token_;
  Around around_;
};

class Look {
 public:
  // The lines on which the token is found.
  std::set<size_t> lines(const Case& one) {
    const std::string content = one.content();
    std::set<size_t> lines;
    for (const Finding& finding : contents_.scan(Object{{}, ObjectType::blob, content})) {
      if (finding.secret.reveal_for_comparison() == one.token()) lines.insert(finding.line);
    }
    return lines;
  }

 private:
  Scanner scanner_{{&built_in_rules()}, built_in_templates(), kNow};
  ContentScanner contents_{scanner_, Limits()};
};

}  // namespace

TEST_CASE("a token is found in each encoding of a table, and told at its line") {
  Look look;
  size_t failed_rows = 0;
  for (const Encoder& encoder : encoders()) {
    std::string missed, misplaced;
    size_t tried = 0, failed = 0;
    for (const size_t width : encoder.widths) {
      for (uint64_t seed = width; seed < width + 2; ++seed) {
        const Case one(seed, encoder, width);
        const std::set<size_t> lines = look.lines(one);
        ++tried;
        std::string& list = lines.empty() ? missed : misplaced;
        if (lines.empty() || (encoder.keeps_places && !lines.contains(one.line()))) {
          ++failed;
          if (list.size() < 60)
            list += " " + std::to_string(width) + "/" + std::to_string(seed % 5);
        }
      }
    }
    if (failed > 0) ++failed_rows;
    INFO(encoder.name << ": " << failed << " of " << tried << "; missed with width/seed" << missed
                      << "; told at another line" << misplaced);
    CHECK(failed == 0);
  }
  CHECK(failed_rows == 0);
}

}  // namespace pushguard::test
