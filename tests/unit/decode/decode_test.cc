// SPDX-License-Identifier: Apache-2.0
// Each encoding: which ranges are found, what they decode to, and where each part of the decoded
// text comes from.
#include "decode/decode.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "decode/finder.h"
#include "decode/unpack.h"
#include "support/encode.h"

namespace pushguard::test {
namespace {

constexpr std::string_view kText = "the quick brown fox: jumps=over/the+lazy_dog";

std::vector<EncodedRange> ranges(std::string_view content) {
  const Range whole{0, content.size()};
  return find_encoded(content, {&whole, 1}).ranges;
}

// The part of `content` that encodes `text`, in a range in `encoding`; "nothing" if there is no
// such range.
std::string source_of(std::string_view content, Encoding encoding, std::string_view text = kText) {
  for (const EncodedRange& range : ranges(content)) {
    if (range.encoding != encoding) continue;
    const Decoded decoded = decode(content, range);
    const size_t at = decoded.text.find(text);
    if (at == std::string::npos) continue;
    const Range source = decoded.map.source_of({at, at + text.size()});
    return std::string(content.substr(source.begin, source.size()));
  }
  return "nothing";
}

std::string random_bytes(size_t size) {
  std::mt19937 random(1);
  std::string bytes;
  while (bytes.size() < size) bytes += static_cast<char>(random());
  return bytes;
}

}  // namespace

TEST_CASE("base64 is found in each alignment") {
  for (const std::string before : {"", "x", "xy", "xyz", "wxyz"}) {
    const std::string encoded = in_base64(before + std::string(kText));
    for (const std::string around : {" ", "\"", "=", "\n", ","}) {
      INFO(before << around);
      const std::string content = "v" + around + encoded + around + "w";
      const std::string source = source_of(content, Encoding::base64);
      CHECK(source != "nothing");
      CHECK(encoded.find(source) == before.size() * 8 / 6);
    }
  }
  SECTION("after digits that belong to no group of it") {
    const std::string encoded = in_base64(kText, false);
    for (const std::string before : {"a/", "key_", "x", "vwxyz-"}) {
      CHECK(source_of(before + encoded, Encoding::base64) == encoded);
    }
  }
  SECTION("in the alphabet of URLs") {
    std::string encoded = in_base64(std::string(kText) + "\xfb\xff" + std::string(kText));
    std::ranges::replace(encoded, '+', '-');
    std::ranges::replace(encoded, '/', '_');
    CHECK(source_of("?q=" + encoded, Encoding::base64) != "nothing");
  }
  SECTION("among bytes that are no text") {
    const std::string binary("\x00\x01\x9c\xff\x80", 5);
    CHECK(source_of(in_base64(binary + std::string(kText) + binary), Encoding::base64) !=
          "nothing");
  }
}

TEST_CASE("base64 goes on over line ends") {
  const std::string text = std::string(100, '.') + std::string(kText) + std::string(100, '.');
  const std::string encoded = in_base64(text);
  const size_t begin = 100 * 8 / 6, end = (144 * 8 + 5) / 6;
  for (const size_t width : {60, 64, 70, 75, 76, 80}) {
    for (const std::string line_end : {"\n", "\r\n", "\n    ", "\r\n\t", "\\n", "\\r\\n"}) {
      INFO(width << " " << line_end);
      const std::string content = "key: " + in_lines(encoded, width, line_end) + "\nnext: line\n";
      const std::string source = source_of(content, Encoding::base64);
      std::string digits = source;
      for (const std::string_view piece : {"\\r", "\\n"}) {
        for (size_t at; (at = digits.find(piece)) != std::string::npos;) digits.erase(at, 2);
      }
      std::erase_if(digits, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
      CHECK(digits == encoded.substr(begin, end - begin));
      CHECK(content.find(source) != std::string::npos);
    }
  }
  SECTION("in lines of any width") {
    for (size_t width = 1; width < encoded.size(); ++width) {
      INFO(width);
      CHECK(source_of(in_lines(encoded, width), Encoding::base64) != "nothing");
    }
  }
  SECTION("without what only stands beside it") {
    const std::string first = in_base64(kText),
                      other = in_base64("the second, as long as the first is.");
    const std::string content = "SomeWords\n" + first.substr(0, 9) + "\n" + first.substr(9, 9);
    CHECK(source_of(content + "\n" + in_lines(first.substr(18), 9) + "\nlast words\n",
                    Encoding::base64) != "nothing");
    // Two values, one a line, are not one value.
    const std::string lines = in_base64(kText, false) + "\n" + other + "\n";
    CHECK(source_of(lines, Encoding::base64) == in_base64(kText, false));
  }
}

TEST_CASE("what only looks like base64 is none") {
  for (const std::string& content :
       {std::string("src/main/java/org/example/project/package/ClassNameFactory.java"),
        std::string("AbstractSingletonProxyFactoryBeanGeneratorConfigurationManager"),
        std::string("SOME_VERY_LONG_CONSTANT_NAME_IN_UPPER_CASE_THAT_GOES_ON_AND_ON"),
        std::string(100, '-'), std::string(100, '/'), std::string(100, '_'), std::string(100, 'A'),
        std::string(100, 'Q'), in_hex(std::string(40, '\xab')), in_base64(random_bytes(600)),
        in_hex(random_bytes(600))}) {
    INFO(content);
    CHECK(ranges(content).empty());
  }
}

TEST_CASE("base64 of gzip is found by its start") {
  const std::string packed = in_gzip(std::string(2000, 'x') + std::string(kText));
  const std::string content = "release: " + in_base64(packed) + "\n";
  const auto found = ranges(content);
  REQUIRE(found.size() == 1);
  const Decoded decoded = decode(content, found[0]);
  CHECK(decoded.text == packed);
  CHECK(begins_stream(decoded.text, Packing::gzip));
}

TEST_CASE("hex of text is found, and no digest") {
  const std::string encoded = in_hex(kText);
  CHECK(source_of("x'" + encoded + "'", Encoding::hex) == encoded);
  CHECK(source_of("f" + encoded, Encoding::hex) == encoded);
  std::string upper = encoded;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  CHECK(source_of(upper, Encoding::hex) == upper);
  CHECK(source_of(in_lines(encoded, 60), Encoding::hex) == in_lines(encoded, 60));
  CHECK(source_of(in_hex(kText.substr(0, 19)), Encoding::hex, kText.substr(0, 5)) == "nothing");
}

TEST_CASE("escapes of printable characters are decoded") {
  CHECK(source_of("GET /?q=" + in_url_encoding(kText) + " HTTP", Encoding::percent) ==
        in_url_encoding(kText));
  CHECK(source_of("https://host/the%20quick%20brown?a=b", Encoding::percent, "the quick") ==
        "the%20quick");
  CHECK(source_of("{\"k\": \"abcdefghij\\u006bl\\u004dnopqrst\"}", Encoding::escapes, "jklMn") ==
        "j\\u006bl\\u004dn");
  CHECK(source_of("'abcdefghij\\x6bl\\x4dnopqrst'", Encoding::escapes, "jklMn") == "j\\x6bl\\x4dn");
  CHECK(source_of("\"abcdefghij\\/klmnopqrst\"", Encoding::escapes, "j/k") == "j\\/k");
  CHECK(source_of("key = 'abcdefghijklm%6Eopqrst'", Encoding::percent, "key = 'abcdefghijklmno") ==
        "key = 'abcdefghijklm%6Eo");
  SECTION("and left alone elsewhere") {
    for (const std::string content :
         {"printf(\"%20d %2d%5d\", first_of_many_arguments)",
          "https://host/%E4%BD%A0%E5%A5%BD/%E4%BD%A0",
          "\"\\u4f60\\u597d\\u4f60\\u597d\\u4f60\\u597d\"", "/^https?:\\/\\/[^\\/]+$/", "a%zz%2"}) {
      INFO(content);
      CHECK(ranges(content).empty());
    }
  }
}

TEST_CASE("quoted-printable loses its line ends") {
  const std::string line(60, '.');
  for (const std::string end : {"=\n", "=\r\n"}) {
    const std::string content =
        "Subject: x\n\n" + line + "the quick" + end + " brown fox: jumps=3Dover/the" + "\n";
    CHECK(source_of(content, Encoding::quoted_printable, "the quick brown fox: jumps=over") ==
          "the quick" + end + " brown fox: jumps=3Dover");
  }
  CHECK(ranges("CFLAGS =\nEMPTY=\nname=value\nwidth=30\n").empty());
}

TEST_CASE("UTF-16 is found in both byte orders") {
  for (const bool big_endian : {false, true}) {
    const std::string encoded = in_utf16(kText, big_endian);
    for (const std::string& before :
         {std::string(), std::string(big_endian ? "\xfe\xff" : "\xff\xfe"), std::string(3, '\0'),
          std::string("odd")}) {
      const std::string source = source_of(before + encoded, Encoding::utf16);
      CHECK(source == encoded.substr(big_endian, 2 * kText.size() - 1));
    }
    SECTION(big_endian ? "big" : "little") {
      std::string foreign;
      for (int i = 0; i < 10; ++i) foreign += big_endian ? "\x4e\x2d" : "\x2d\x4e";
      const std::string mixed =
          in_utf16("title: ", big_endian) + foreign + in_utf16(";\n", big_endian) + encoded;
      CHECK(source_of(mixed, Encoding::utf16).size() == 2 * kText.size() - 1);
      CHECK(ranges(mixed).size() == 1);
    }
  }
  CHECK(ranges(in_utf16("fifteen letters")).empty());
}

TEST_CASE("only ranges that overlap the given ones are searched for") {
  const std::string one = in_base64(kText), gap(1000, ' ');
  const std::string content = one + gap + one + gap + one;
  const Range looks[] = {{one.size() + gap.size() + 3, one.size() + gap.size() + 4}};
  const auto found = find_encoded(content, looks).ranges;
  REQUIRE(found.size() == 1);
  CHECK(found[0].range.begin == one.size() + gap.size());
}

TEST_CASE("nothing is read behind the content") {
  for (const std::string& last : {std::string(24, 'V'), in_base64(kText), std::string(40, '\0'),
                                  in_hex(kText), in_utf16(kText, false), in_utf16(kText, true)}) {
    for (size_t before = 0; before < 130; ++before) {
      const std::string content = std::string(before, ' ') + last;
      // AddressSanitizer sees no read of the byte behind a std::string.
      const std::vector<char> exact(content.begin(), content.end());
      CHECK(ranges({exact.data(), exact.size()}) == ranges(content));
    }
  }
}

TEST_CASE("the search ends with the deadline, and says so") {
  const std::string content = std::string(64 << 10, ' ') + in_base64(kText);
  const Range whole{0, content.size()};
  const FoundEncoded late = find_encoded(content, {&whole, 1}, std::chrono::steady_clock::now());
  CHECK_FALSE(late.is_complete);
  CHECK(late.ranges.empty());
  const FoundEncoded in_time = find_encoded(content, {&whole, 1});
  CHECK(in_time.is_complete);
  CHECK(in_time.ranges.size() == 1);
}

TEST_CASE("long runs of what is nearly text cost no more than their length") {
  std::string control;  // every digit may be part of base64 of text, but every third byte is NUL
  while (control.size() < (4 << 20)) control += "YWEA";
  CHECK(ranges(control).empty());
  std::string starts;
  while (starts.size() < (4 << 20)) starts += "H4sI";
  CHECK(ranges(starts).size() <= 8);
  std::string all_phases(4 << 20, 'V');
  CHECK(ranges(all_phases).size() == 4);
  for (const std::string unit :
       {"%41\\x41=\n", "a\n", "H\n4\ns\nI\n", "YWEA\n", "67 ", "0x67,", "\"ab\" + ", "a\"\"b",
        "\\\na", "&#65;", "&#10;a", "\\na", "=41=41", "ab=\n", "eJwa ", "Y\n\n", "abcd\\n"}) {
    INFO(unit);
    std::string content;
    while (content.size() < (1 << 20)) content += unit;
    CHECK(ranges(content).size() <= content.size());
  }
}

TEST_CASE("gzip is unpacked as far as it goes") {
  const std::string text(5000, 'x'), packed = in_gzip(text);
  CHECK(unpack_streams(packed, Packing::gzip, {5000}).text == text);
  CHECK(unpack_streams(packed, Packing::gzip, {5000}).end == Unpacked::End::whole);
  CHECK(unpack_streams(packed + packed, Packing::gzip, {10000}).text == text + text);
  CHECK(unpack_streams(packed, Packing::gzip, {4999}).end == Unpacked::End::cut);
  CHECK(unpack_streams(packed, Packing::gzip, {4999}).text.size() == 4999);
  CHECK(unpack_streams(packed.substr(0, packed.size() - 4), Packing::gzip, {5000}).end ==
        Unpacked::End::damaged);
}

}  // namespace pushguard::test
