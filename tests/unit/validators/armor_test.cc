// SPDX-License-Identifier: Apache-2.0
#include "validators/armor.h"

#include <catch2/catch.hpp>

#include "codec/encodings.h"
#include "examples/example.h"
#include "validators/der_key.h"
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

TEST_CASE("armor: an effort that is used up is told, whatever ends as well") {
  const string rule = "-----", label = "BEGIN PUBLIC KEY" + rule;
  const string digits = with(with(example("{base64:pkcs8}"), "\r", ""), "\n", "");
  string blanks;
  for (size_t at = 0; at < digits.size(); at += 19) blanks += digits.substr(at, 19) + "  .  ";
  const string headers = "\\nX: " + string(200, 'a') + "\\n\\n";
  for (const string& text :
       {rule + label + "   " + blanks,
        rule + label + headers + digits + "\\n" + rule + "END PUBLIC KEY" + rule,
        rule + label + "\n\n" + digits}) {
    bool found = false;
    for (uint64_t bytes = 0; bytes < 8 * text.size() && !found; bytes += 7) {
      Effort effort{bytes};
      const Extent extent = extent_of_armor(text, 0, effort);
      found = extent.kind == Extent::Kind::whole;
      CAPTURE(text.substr(0, 40), bytes, static_cast<int>(extent.kind));
      CHECK((found || extent.kind == Extent::Kind::unread));
    }
    CHECK(found);
  }
}

TEST_CASE("armor: what goes on behind the content is told") {
  const string key = example("{base64:pkcs8}");
  const string after = string(500, '\n') + "-----END KEY-----";
  const string begin = with("<BEGIN KEY<", "<", "-----");
  for (const string& text :
       {begin + "\nX:" + string(300, 'a') + "\n\n" + key, begin + "\na: b\nX" + string(300, 'a'),
        begin + "\\nX: " + string(300, 'a') + "\\n\\n" + key + "\\n-----END KEY-----",
        with(begin + "\n" + key + after, "\n", "\n+")}) {
    for (const size_t size : {100, 200, 250}) {
      Effort effort{100000};
      CAPTURE(text.substr(0, size));
      CHECK(extent_of_armor(text.substr(0, size), 0, effort).kind == Extent::Kind::cut_off);
    }
  }
}

TEST_CASE("armor: a key that opens something goes before one that does not") {
  const string clear = example("{der:pkcs8}");
  const string digits = with(with(example("{base64:pkcs8}"), "\r", ""), "\n", "");
  const string scheme("\x30\x10\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d\x04\x01x", 18);
  const string decoy = base64_encode(scheme);
  REQUIRE(kind(armored("KEY", decoy)) == Kind::encrypted);
  for (const string& text :
       {armored("KEY", digits, string(1, '\0') + decoy + "\n"),
        armored("KEY", digits, "a: b\n" + string(1, '\0') + decoy + "\n"),
        with(armored("KEY", decoy), "KEY-----\n", "KEY-----" + digits + "\n")}) {
    CHECK(kind(text) == Kind::clear);
    CHECK(check_pem_private_key(text, 0).validity == Validity::valid);
    // Where the clear one may go on behind the content, both are told.
    Effort effort{100000};
    const Extent extent = extent_of_armor(text.substr(0, text.find(digits) + 200), 0, effort);
    CHECK(extent.met(Extent::Kind::cut_off));
  }
  CHECK(check_pem_private_key(armored("KEY", decoy) + "\n" + armored("KEY", digits), 0).validity ==
        Validity::valid);
}

TEST_CASE("armor: a key of any size is known by its beginning") {
  const string key = example("{der:pkcs8}").substr(4);
  for (const size_t size : {60000u, 600000u, 3000000u}) {
    const string all = key + "\xa0\x84" + string(1, '\0') +
                       string(1, static_cast<char>(size >> 16)) +
                       string(1, static_cast<char>(size >> 8)) +
                       string(1, static_cast<char>(size)) + string(size, 'x');
    string der = "\x30\x84";
    for (const int shift : {24, 16, 8, 0}) der += static_cast<char>(all.size() >> shift);
    Effort effort{100000000};
    const string text = armored("PUBLIC KEY", base64_encode(der + all));
    CHECK(extent_of_armor(text, 0, effort).kind == Extent::Kind::whole);
    CHECK(extent_of_der_key(der + all, 0, effort).kind == Extent::Kind::whole);
    CHECK(extent_of_der_key((der + all).substr(0, 2000), 0, effort).kind == Extent::Kind::whole);
    CHECK(extent_of_der_key((der + all).substr(0, 100), 0, effort).kind == Extent::Kind::cut_off);
  }
}
