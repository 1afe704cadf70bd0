// SPDX-License-Identifier: Apache-2.0
#include "validators/armor.h"

#include <catch2/catch.hpp>

#include "codec/encodings.h"
#include "examples/example.h"
#include "validators/pem.h"
#include "validators/ssh2_key.h"

using namespace pushguard;
using std::string;

namespace {

using Kind = ArmoredKey::Kind;

string example(std::string_view pattern) { return ExampleGenerator(7).expand(pattern); }

string armored(std::string_view label, std::string_view body, std::string_view before = "") {
  const string rule = "-----", name(label);
  return rule + "BEGIN " + name + rule + "\n" + string(before) + string(body) + "\n" + rule +
         "END " + name + rule;
}

std::optional<Kind> kind(const string& text) {
  Effort effort{16 * text.size()};
  Extent extent;
  const auto key = read_armor(text, 0, effort, extent);
  CHECK(key.has_value() == (extent.kind == Extent::Kind::whole));
  if (!key) return std::nullopt;
  CHECK(extent.end == text.size());
  return key->kind;
}

string with(string text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

TEST_CASE("armor: headers, blanks and labels decide nothing") {
  for (const char* der : {"{der:pkcs8}", "{der:rsa}", "{der:ec}", "{der:dsa}"}) {
    const string body = base64_encode(example(der));
    const string lines = with(example(string("{base64:") + string(der + 5)), "\r", "");
    for (const char* label : {"PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PUBLIC KEY", "A-B", ""}) {
      CAPTURE(der, label);
      CHECK(kind(armored(label, body)) == Kind::clear);
      CHECK(kind(armored(label, lines)) == Kind::clear);
    }
    for (const char* header : {"X:=\n\n", "X:-\n\n", "Comment: a-b\n", "K\xc3\xb6: \xff\n\n",
                               "no\n \t\n", "Proc-Type: 4,ENCRYPTED\nDEK-Info: a,b\n\n"}) {
      CAPTURE(der, header);
      CHECK(kind(armored("PRIVATE KEY", lines, header)) == Kind::clear);
    }
    CHECK(kind(armored("KEY", lines, string(50000, '\n'))) == Kind::clear);
    CHECK(kind(armored("KEY", with(lines, "\n", string(500, '\n')))) == Kind::clear);
    CHECK(kind(armored("KEY", with(lines, "A", " A\t"))) == Kind::clear);
    CHECK(kind(armored("KEY", with(lines, "\n", " \xc2\xa0\r\n"))) == Kind::clear);
    CHECK(kind(armored("KEY", with(lines, "\n", string("\0not read\n", 10)))) == Kind::clear);
    CHECK(kind(armored("KEY", lines + "\n-and more")) == Kind::clear);
    CHECK(kind(with(armored("KEY", lines), "\n", "\\n")) == Kind::clear);
    CHECK(kind(with(armored("KEY", lines), "\n", "\" +\n  \"")) == Kind::clear);
    for (const char* mark : {"+", "// ", "REM ", "/* 1 */ "}) {
      CAPTURE(mark);
      CHECK(kind(with(armored("KEY", lines), "\n", string("\n") + mark)) == Kind::clear);
    }
    for (const char* line_end : {"\\n", "\\r\\n", "\\\\n", "\\012", "\\x0a", "\\n\"\n  \""}) {
      for (const char* header : {"a: b\n", "X:=\n\n", "a: b\nc: d\n\n"}) {
        CAPTURE(line_end, header);
        CHECK(kind(with(armored("KEY", lines, header), "\n", line_end)) == Kind::clear);
      }
    }
  }
  CHECK(kind(example("{openssh:clear}")) == Kind::clear);
  CHECK(kind(with(example("{openssh:clear}"), "\n", "*\n#\n")) == Kind::clear);
  CHECK(kind(with(example("{openssh:clear}"), "A", "#A")) == Kind::clear);
  CHECK(kind(with(example("{openssh:clear}"), "3", "#3")) == Kind::clear);
}

TEST_CASE("armor: what needs a passphrase is encrypted under every label") {
  CHECK(kind(example("{openssh:encrypted}")) == Kind::encrypted);
  const string key = example("{pem:pkcs8-encrypted}");
  CHECK(kind(key) == Kind::encrypted);
  CHECK(kind(with(key, "ENCRYPTED PRIVATE", "PRIVATE")) == Kind::encrypted);
  CHECK(check_pem_private_key(key, 0).note == "encrypted: needs its passphrase");
}

TEST_CASE("a key of SSH.COM's programs is clear if its cipher is none") {
  const auto sized = [](const string& text) {
    return string("\0\0\0", 3) + static_cast<char>(text.size()) + text;
  };
  for (const string cipher : {"none", "3des-cbc"}) {
    const string bytes = string("\x3f\x6f\xf9\xeb\0\0\1\0", 8) +
                         sized("if-modn{sign{rsa-pkcs1-sha1},encrypt{rsa-pkcs1v2-oaep}}") +
                         sized(cipher) + string(200, 'n');
    const Validation found = check_ssh2_key(with(base64_encode(bytes), "A", "A\n "), 0);
    CHECK(found.validity == (cipher == "none" ? Validity::valid : Validity::weakened));
  }
  CHECK(check_ssh2_key(example("{b64:200}"), 0).validity == Validity::unknown);
}

TEST_CASE("armor: no key") {
  CHECK(!kind(armored("PRIVATE KEY", "...")));
  CHECK(!kind(armored("PRIVATE KEY", example("{b64:900}"))));
  CHECK(!kind(armored("CERTIFICATE", "MIID" + example("{b64:900}"))));
  const string key = example("{pem:pkcs8}");
  CHECK(!kind(key.substr(0, key.size() / 2)));
}

TEST_CASE("armor: sizes as BER allows them") {
  const string der = example("{der:pkcs8}");
  const string inside = der.substr(4);
  const string end(2, '\0');
  for (const string& key :
       {"\x30\x80" + inside + end, string("\x30\x84\0\0", 4) + der.substr(2),
        string("\x30\x88\0\0\0\0\0\0", 8) + der.substr(2), der + "more bytes"}) {
    CHECK(kind(armored("PRIVATE KEY", base64_encode(key))) == Kind::clear);
  }
}

TEST_CASE("armor: reading is bounded, and what was not read is told") {
  const string rule = "-----", begin = rule + "BEGIN PRIVATE KEY" + rule;
  for (const string behind : {"\n", ":\n", " ", "MIIE\n", "MIIEvQIBADANBgkqhkiG9w0BAQEF\n"}) {
    string text;
    while (text.size() < 200000) text += begin + behind;
    Effort effort{16 * text.size()};
    for (size_t at = 0; (at = text.find(begin, at)) != text.npos; ++at) {
      CHECK(extent_of_armor(text, at, effort).kind != Extent::Kind::whole);
    }
    CHECK(effort.bytes > 8 * text.size());
  }
  Effort little{100};
  CHECK(extent_of_armor(example("{pem:rsa}"), 0, little).kind == Extent::Kind::unread);
  Effort effort{100000};
  const string key = example("{pem:rsa}");
  CHECK(extent_of_armor(key.substr(0, key.size() / 2), 0, effort).kind == Extent::Kind::cut_off);
}
