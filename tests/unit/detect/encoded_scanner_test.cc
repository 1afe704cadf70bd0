// SPDX-License-Identifier: Apache-2.0
#include "detect/content_scanner.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "examples/example.h"
#include "rules/built_in.h"
#include "support/encode.h"

namespace pushguard::test {
namespace {

using Lines = std::vector<std::string>;

std::string token(uint64_t seed = 1) { return ExampleGenerator(seed).expand("xai-{b62:80}"); }

// A PKCS#8 key: the DER header of an Ed25519 key, and its 32 bytes.
std::string private_key() {
  std::string der = "\x30\x2e\x02\x01";
  der += std::string("\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 12);
  for (char c = 1; c <= 32; ++c) der += static_cast<char>(c * 7);
  const std::string label = "PRIVATE KEY-----\n";
  return "-----BEGIN " + label + in_base64(der) + "\n-----END " + label;
}

class Look {
 public:
  explicit Look(const Limits& limits = {}) : contents_(scanner_, limits) {}

  // "RULE LINE:COLUMN ENCODING" for each finding.
  Lines operator()(const std::string& content, ObjectType type = ObjectType::blob) {
    findings = contents_.scan(Object{{}, type, content});
    Lines lines;
    for (const Finding& finding : findings) {
      lines.push_back(std::string(finding.rule->id) + " " + std::to_string(finding.line) + ":" +
                      std::to_string(finding.column) + " " + finding.encoding);
      if (finding.encoding.empty()) continue;
      CHECK(content.find(finding.written.reveal_for_comparison()) != std::string::npos);
    }
    return lines;
  }

  // The details of each Unscanned, all for one reason.
  Lines gaps(Why why = Why::too_large) const {
    Lines lines;
    for (const Unscanned& gap : contents_.unscanned()) {
      CHECK(gap.why == why);
      lines.push_back(gap.detail);
    }
    return lines;
  }
  // The reasons.
  std::vector<Why> whys() const {
    std::vector<Why> all;
    for (const Unscanned& gap : contents_.unscanned()) all.push_back(gap.why);
    return all;
  }

  std::vector<Finding> findings;

 private:
  Scanner scanner_{{&built_in_rules()}, built_in_templates(), 1767225600};
  ContentScanner contents_;
};

}  // namespace

TEST_CASE("a secret is reported at the place of its encoded text, with the encoding") {
  Look look;
  const std::string secret = token();
  CHECK(look("a\n  b: " + in_base64(secret) + "\n") == Lines{"xai-api-key 2:6 base64"});
  CHECK(look.findings[0].secret == Secret(secret));
  CHECK(look.findings[0].written.reveal_for_comparison() == in_base64(secret, false));
  CHECK(look("a\n" + in_base64("user: x\nkey: " + secret)) == Lines{"xai-api-key 2:18 base64"});
  CHECK(look("x = '" + in_hex(secret) + "'") == Lines{"xai-api-key 1:6 hex"});
  CHECK(look("?token=%78" + secret.substr(1) + "&x=1") == Lines{"xai-api-key 1:8 URL encoding"});
  CHECK(look("\"k\": \"\\u0078" + secret.substr(1) + "\"") == Lines{"xai-api-key 1:7 escapes"});
  CHECK(look("\n" + in_utf16("a\nkey: " + secret)) == Lines{"xai-api-key 3:6 UTF-16"});
  CHECK(look("\xff\xfe" + in_utf16("key: " + secret)) == Lines{"xai-api-key 1:6 UTF-16"});
  CHECK(look(std::string(60, '.') + " " + secret.substr(0, 12) + "=\n" + secret.substr(12) +
             "\n") == Lines{"xai-api-key 1:62 quoted-printable"});
}

TEST_CASE("encodings in encodings are decoded") {
  Look look;
  const std::string text = "key: " + token() + "\n";
  CHECK(look(in_base64(in_base64(text))) == Lines{"xai-api-key 1:9 base64 in base64"});
  CHECK(look(in_base64(in_gzip(text))) == Lines{"xai-api-key 1:1 gzip in base64"});
  CHECK(look(in_base64(in_base64(in_gzip(in_base64(text))))) ==
        Lines{"xai-api-key 1:1 base64 in gzip in base64 in base64"});
  CHECK(look(in_utf16(in_base64(text))) == Lines{"xai-api-key 1:7 base64 in UTF-16"});
  CHECK(look(in_url_encoding(in_base64(text + "?"))) == Lines{"xai-api-key 1:7 base64"});
  CHECK(look.gaps().empty());
}

TEST_CASE("text that is nested deeper or is larger than the limits is reported as unscanned") {
  Limits limits;
  limits.decoded_layers = 2;
  limits.decoded_bytes = 10000;
  Look look(limits);
  const std::string text = "key: " + token() + "\n";
  CHECK(look(in_base64(in_base64(text))) == Lines{"xai-api-key 1:9 base64 in base64"});
  CHECK(look.gaps().empty());
  CHECK(look(in_base64(in_base64(in_base64(text)))).empty());
  CHECK(look.gaps() == Lines{"it has text in 2 encodings, one in the other, and more"});
  CHECK(look(in_base64(in_gzip(std::string(20000, ' ') + text))).empty());
  CHECK(look.gaps() == Lines{"what it has in gzip in base64 unpacks to more than 10000 bytes"});
  CHECK(look(in_base64(in_base64(std::string(20000, ' ') + text))).empty());
  CHECK(look.gaps() == Lines{"what it has in base64 is more than 10000 bytes"});
  CHECK(look(in_base64(std::string(20000, ' ') + text)).size() == 1);
  CHECK(look.gaps().empty());
}

TEST_CASE("one place is reported once") {
  Look look;
  const std::string secret = token();
  SECTION("a finding of the plain scan is not repeated for the escapes of its line") {
    CHECK(look("https://host/a%20b?key=" + secret + "&c=d%2Fe") == Lines{"xai-api-key 1:24 "});
    CHECK(look("\"text\\u0020\": \"" + secret + "\"") == Lines{"xai-api-key 1:16 "});
  }
  SECTION("what only a name says is a secret gives way") {
    CHECK(look("password = \"" + in_base64(secret) + "\"") == Lines{"xai-api-key 1:13 base64"});
  }
  SECTION("a private key in base64 is reported as the key, however deep") {
    const std::string pem = private_key(), encoded = in_base64(pem);
    const Secret key(std::string_view(pem).substr(0, pem.size() - 1));
    for (const std::string& text : {encoded, in_base64(encoded), in_base64("\r\n\t" + pem)}) {
      const Lines lines = look("key: " + text + "\n");
      REQUIRE(lines.size() == 1);
      CHECK(lines[0].starts_with("private-key-pkcs8 1:"));
      CHECK(lines[0].ends_with("base64"));
      CHECK(look.findings[0].secret == key);
    }
  }
  SECTION("a key in base64 that cannot be decoded stays one") {
    std::string broken = in_base64(private_key());
    broken.replace(90, 8, "AAAAAAAA");
    CHECK(look(broken) == Lines{"private-key-base64 1:1 "});
  }
  SECTION("two places are reported twice") {
    CHECK(look(secret + " " + in_base64(secret)) ==
          Lines{"xai-api-key 1:1 ", "xai-api-key 1:86 base64"});
  }
}

TEST_CASE("commits and tags are decoded, the entries of trees are not") {
  Look look;
  const std::string content = "x " + in_base64(token());
  CHECK(look(content, ObjectType::commit).size() == 1);
  CHECK(look(content, ObjectType::tag).size() == 1);
  CHECK(look(content, ObjectType::tree).empty());
}

TEST_CASE("gzip in base64 that cannot be unpacked whole is named") {
  Look look;
  const std::string stream = in_gzip("nothing\n" + std::string(1000, 'x'));
  CHECK(look(in_base64(stream + in_gzip("key: " + token()))).size() == 1);
  CHECK(look.gaps() == Lines{});
  CHECK(look(in_base64(stream.substr(0, stream.size() - 6))).empty());
  CHECK(look.gaps(Why::archive) == Lines{"what it has in gzip in base64 is damaged"});
  std::string many;
  for (int i = 0; i < 10'001; ++i) many += in_gzip("");
  look(in_base64(many + in_gzip("key: " + token())));
  CHECK(look.gaps(Why::archive) ==
        Lines{"what it has in gzip in base64 has more than 10000 streams, one behind the other"});
}

TEST_CASE("each reason why encoded text is left out is named once") {
  Limits limits;
  limits.decoded_bytes = 10'000;
  Look look(limits);
  const std::string damaged = in_gzip("nothing\n" + std::string(1000, 'x'));
  const std::string large = in_base64(in_gzip(std::string(20'000, 'x')));
  const std::string cut = in_base64(damaged.substr(0, damaged.size() - 6));
  look(cut + "\n\n" + cut + "\n\n" + large + "\n\n" + large + "\n");
  CHECK(look.whys() == std::vector<Why>{Why::archive, Why::too_large});
}

}  // namespace pushguard::test
