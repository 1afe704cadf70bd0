// SPDX-License-Identifier: Apache-2.0
// A large blob is scanned in parts. What a scan of the whole finds is found, or the blob is
// Unscanned; what the margin of a part has room for is found.
#include <catch2/catch.hpp>

#include <functional>
#include <random>
#include <set>
#include <tuple>

#include "detect/collector.h"
#include "detect/encoded_scanner.h"
#include "examples/example.h"
#include "objects/blob_stream.h"
#include "rules/built_in.h"
#include "support/encode.h"
#include "support/pack_writer.h"

namespace pushguard::test {
namespace {

constexpr int64_t kNow = 1767225600;
constexpr PartSizes kSizes{size_t{24} << 10, kPartMargin};
constexpr size_t kFirstEnd = kSizes.bytes + kSizes.margin;

using Found = std::set<std::tuple<std::string, size_t, size_t>>;  // rule, line, column

struct Seen {
  Found found;
  std::vector<std::string> gaps;
};

class Scans {
 public:
  Seen whole(const std::string& content) {
    return seen([&](Collector& collector) {
      collector.object(Object{Oid(), ObjectType::blob, content});
    });
  }
  Seen in_parts(const std::string& content) {
    return seen([&](Collector& collector) {
      const std::vector<uint8_t> packed = PackWriter::deflate(content);
      stream_blob(packed, 0, content.size(), Object{Oid(), ObjectType::blob, {}}, Limits(),
                  collector, kSizes);
    });
  }

 private:
  Seen seen(const std::function<void(Collector&)>& visit) {
    Collector collector(scanner_, built_in_file_names(), Limits());
    visit(collector);
    Seen seen;
    for (const Finding& finding : collector.finish().findings) {
      seen.found.emplace(finding.rule->id, finding.line, finding.column);
    }
    for (const Unscanned& gap : collector.finish().unscanned.take()) {
      CHECK(gap.why == Why::too_large);
      seen.gaps.push_back(gap.detail);
    }
    return seen;
  }

  Scanner scanner_{{&built_in_rules()}, built_in_templates(), kNow};
};

std::string token(uint64_t seed) { return ExampleGenerator(seed).expand("xai-{b62:80}"); }
std::string key(uint64_t seed) { return ExampleGenerator(seed).expand("{pem:pkcs8}"); }

std::string escaped(std::string_view text, std::string_view backslash = "\\") {
  std::string all;
  for (const char c : text) all += std::string(backslash) + "u00" + in_hex({&c, 1});
  return all;
}

std::string in_soft_lines(const std::string& text) {
  return std::string(65, '.') + text.substr(0, 10) + "=\n" + text.substr(10) + "\n";
}

std::string noise(size_t size, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string bytes;
  while (bytes.size() < size) bytes += in_base64(std::to_string(random()));
  return bytes;
}

// `text`, whose byte number `at` stands at the end of a part.
std::string around_end(const std::string& text, size_t at, size_t seam = kFirstEnd) {
  std::string content;
  while (content.size() + at < seam) content += "words of a line, no more\n";
  content.resize(seam - at);
  if (!content.empty()) content.back() = '\n';
  content += text + "\n";
  while (content.size() < kFirstEnd + 4 * kSizes.margin) content += "words behind it, no more\n";
  return content;
}

struct Encoder {
  const char* name;
  std::function<std::string(const std::string&)> encode;
};

const Encoder kEncoders[] = {
    {"none", [](const std::string& text) { return text; }},
    {"base64", [](const std::string& text) { return in_base64(text); }},
    {"lines", [](const std::string& text) { return in_lines(in_base64(text), 64, "\r\n"); }},
    {"twice", [](const std::string& text) { return in_base64(in_base64(text)); }},
    {"hex", [](const std::string& text) { return in_hex(text); }},
    {"URL", [](const std::string& text) { return in_url_encoding(text); }},
    {"escapes", [](const std::string& text) { return escaped(text); }},
    {"soft lines", [](const std::string& text) { return in_soft_lines(text); }},
    {"UTF-16", [](const std::string& text) { return in_utf16(text); }},
    {"gzip", [](const std::string& text) { return in_base64(in_gzip(text)); }},
    {"hex of gzip", [](const std::string& text) { return in_hex(in_base64(in_gzip(text))); }},
};

}  // namespace

TEST_CASE("parts: what is encoded at the end of a part is found as in the whole") {
  Scans scans;
  std::mt19937 random(5);
  size_t found = 0;
  for (const Encoder& encoder : kEncoders) {
    for (uint64_t round = 0; round < 6; ++round) {
      const std::string secret = round % 2 ? key(round) : "key=" + token(round) + "\n";
      const std::string text = encoder.encode(std::string(random() % 40, '.') + secret);
      const std::string content = around_end(text, random() % (text.size() + 1));
      const Seen whole = scans.whole(content), parts = scans.in_parts(content);
      INFO(encoder.name << ", round " << round);
      CHECK(parts.found == whole.found);
      CHECK(parts.gaps.empty());
      found += whole.found.size();
    }
  }
  CHECK(found > 60);
}

TEST_CASE("parts: no built-in rule needs more of decoded text than is asked for") {
  for (const Rule& rule : built_in_rules().rules) {
    INFO(rule.id);
    CHECK(rule.context_needed <= kDecodedContext);
  }
}

TEST_CASE("parts: gzip in base64 that reaches too far over the end of a part is named") {
  Scans scans;
  for (const bool is_nested : {false, true}) {
    const std::string packed =
        in_base64(in_gzip(noise(6 * kPartMargin, 3) + "\nkey=" + token(3) + "\n"));
    const std::string content = around_end(is_nested ? in_hex(packed) : packed, 500);
    CHECK(scans.whole(content).found.size() == 1);
    const Seen parts = scans.in_parts(content);
    CHECK(parts.found.empty());
    const std::string detail =
        std::string("what it has in gzip in base64 reaches over the end of a part");
    CHECK(parts.gaps == std::vector<std::string>{detail});
  }
  // A second stream behind the end of the part.
  const size_t room = (500 + kPartMargin) / 4 * 3;
  for (const size_t size : {room - 12, room - 3, room}) {
    std::string streams = in_gzip("");
    while (streams.size() + 20 <= size) streams += in_gzip("");
    streams += in_gzip("key=" + token(3) + "\n" + noise(kPartMargin, 3));
    const std::string content = around_end(in_base64(streams), 500);
    CHECK(scans.whole(content).found.size() == 1);
    const Seen parts = scans.in_parts(content);
    CHECK((!parts.found.empty() || !parts.gaps.empty()));
  }
  // One that ends where the part is read to is whole.
  const std::string small = in_base64(in_gzip(noise(kPartMargin / 2, 4) + "\n" + token(4)));
  const Seen parts = scans.in_parts(around_end(small, 500));
  CHECK(parts.found.size() == 1);
  CHECK(parts.gaps.empty());
}

TEST_CASE("parts: escapes of escapes that leave no room for a secret are named") {
  Scans scans;
  const std::string text = "key=" + token(8) + " " + noise(300, 8);
  const std::string content = around_end(escaped(escaped(escaped(escaped(text)))), 1000);
  CHECK(scans.whole(content).found.size() == 1);
  const Seen parts = scans.in_parts(content);
  CHECK((!parts.found.empty() || !parts.gaps.empty()));
  CHECK(parts.gaps ==
        std::vector<std::string>{"what it has in escapes reaches over the end of a part"});
}

TEST_CASE("parts: an armor of thousands of lines over the end of a part is found or named") {
  Scans scans;
  const std::string armor = ExampleGenerator(6).expand(
      "-----BEGIN PUBLIC KEY-----\n{base64:pkcs8}\n-----END PUBLIC KEY-----\n");
  const size_t body = armor.find('\n') + 1;
  for (const size_t lines : {1000u, 20000u, 70000u, 150000u}) {
    const std::string text = armor.substr(0, body) + std::string(lines, '\n') + armor.substr(body);
    const std::string content = around_end(text, 300);
    INFO(lines << " empty lines");
    CHECK(scans.whole(content).found.size() == 1);
    const Seen parts = scans.in_parts(content);
    if (lines < kPartMargin / 2) {
      CHECK(parts.found.size() == 1);
      CHECK(parts.gaps.empty());
    } else {
      CHECK(parts.found.empty());
      CHECK(parts.gaps ==
            std::vector<std::string>{"a private key may reach over the end of a part"});
    }
  }
}

TEST_CASE("parts: a key in DER is the beginning of a blob, not of a part") {
  Scans scans;
  const std::string der = ExampleGenerator(9).expand("{der:pkcs8}");
  const std::string rest = around_end("", 0);
  CHECK(scans.in_parts(der + rest).found == Found{{"private-key-der", 1, 1}});
  CHECK(scans.in_parts(std::string(kSizes.bytes, 'w') + der + rest).found.empty());
}

}  // namespace pushguard::test
