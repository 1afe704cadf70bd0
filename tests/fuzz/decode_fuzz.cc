// SPDX-License-Identifier: Apache-2.0
// Any content, decoded as text and read as an archive. Every range must be inside the content,
// and decoding only one half must give no range that decoding the whole does not give.
#include "decode/archive.h"
#include "decode/block_filter.h"
#include "decode/decode.h"
#include "decode/finder.h"

#include <algorithm>
#include <array>

#include "fuzz/fuzz.h"
#include "support/encode.h"

namespace pushguard::fuzz {
namespace {

std::vector<Block> blocks(decltype(&filter_blocks) filter, std::string_view content) {
  std::vector<Block> all;
  std::array<Block, 5> some;
  for (size_t at = 0; at < content.size();) {
    const size_t count = filter(content, at, content.size(), some);
    all.insert(all.end(), some.begin(), some.begin() + static_cast<ptrdiff_t>(count));
  }
  return all;
}

void check_ranges(std::string_view content) {
  const Range whole{0, content.size()};
  const std::vector<EncodedRange> all = find_encoded(content, {&whole, 1});
  for (const EncodedRange& range : all) {
    expect(range.range.begin < range.range.end, "a range is not empty");
    expect(range.range.end <= content.size(), "a range is within the content");
    const Decoded decoded = decode(content, range);
    for (size_t at = 0; at < decoded.text.size(); at += 1 + at / 8) {
      const Range source = decoded.map.source_of({at, at + 1});
      expect(source.begin < source.end, "each byte is written somewhere");
      expect(source.begin >= range.range.begin && source.end <= range.range.end,
             "each byte is written in its range");
    }
  }
  const Range half{content.size() / 2, content.size()};
  for (const EncodedRange& range : find_encoded(content, {&half, 1})) {
    expect(std::ranges::find(all, range) != all.end(), "what a half has the whole has");
  }
}

}  // namespace

std::vector<std::string> seeds() {
  const std::string text = "name: value\ntoken: something that is long enough to count\n";
  std::vector<std::string> all{test::in_base64(text),
                               test::in_lines(test::in_base64(text + text), 64),
                               test::in_hex(text),
                               "q=" + test::in_url_encoding(text),
                               test::in_utf16(text),
                               test::in_utf16(text, true),
                               test::in_base64(test::in_gzip(text)),
                               test::in_gzip(text),
                               std::string(60, '.') + "=\n" + text,
                               "\"abcdefghijklmno\\u0041\\x42\\/pqrst\""};
  std::string header(512, '\0');
  header.replace(0, 1, "a");
  header.replace(124, 11, "00000000012");
  header.replace(156, 1, "0");
  header.replace(257, 5, "ustar");
  all.push_back(header + std::string("0123456789") + std::string(502, '\0'));
  // A zip with one file "a", empty and stored.
  const std::string local = std::string("PK\x03\x04\x14\0\0\0\0\0", 10) + std::string(16, '\0') +
                            std::string("\1\0\0\0a", 5);
  const std::string entry = std::string("PK\x01\x02\x14\0\x14\0\0\0\0\0", 12) +
                            std::string(16, '\0') + std::string("\1\0", 2) + std::string(16, '\0') +
                            "a";
  const std::string end = std::string("PK\x05\x06\0\0\0\0\1\0\1\0", 12) +
                          static_cast<char>(entry.size()) + std::string(3, '\0') +
                          static_cast<char>(local.size()) + std::string(5, '\0');
  all.push_back(local + entry + end);
  return all;
}

void run(std::string_view input) {
  const std::vector<Block> expected = blocks(portable_filter_blocks, input);
  expect(blocks(filter_blocks, input) == expected, "the fastest filter passes the same");
  expect(blocks(sse2_filter_blocks, input) == expected, "SSE2 passes the same");
  check_ranges(input);
  const Limits limits;
  size_t unpacked = 0;
  ArchiveReader(limits).read(
      input, archive_kind(input),
      [&](std::string_view, std::string_view content) { unpacked += content.size(); },
      [](Why why, std::string) {
        expect(why == Why::archive, "what is left out is told as of an archive");
      });
  expect(unpacked <= limits.decoded_bytes, "no more is unpacked than the limit");
}

}  // namespace pushguard::fuzz
