// SPDX-License-Identifier: Apache-2.0
// Any content, decoded as text. Every range must be inside the content, and decoding only one
// half must give no range that decoding the whole does not give.
#include "decode/block_filter.h"
#include "decode/decode.h"
#include "decode/finder.h"

#include <algorithm>
#include <array>

#include "fuzz/fuzz.h"
#include "support/encode.h"

namespace pushguard::fuzz {
namespace {

std::vector<Block> blocks(decltype(&BlockFilter::next) next, std::string_view content) {
  std::vector<Block> all;
  std::array<Block, BlockBits::kMost> some;
  for (BlockFilter filter(content, 0, content.size()); !filter.done();) {
    const size_t count = (filter.*next)(some);
    all.insert(all.end(), some.begin(), some.begin() + static_cast<ptrdiff_t>(count));
  }
  return all;
}

void check_ranges(std::string_view content) {
  const Range whole{0, content.size()};
  const std::vector<EncodedRange> all = find_encoded(content, {&whole, 1}).ranges;
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
  for (const EncodedRange& range : find_encoded(content, {&half, 1}).ranges) {
    expect(std::ranges::find(all, range) != all.end(), "what a half has the whole has");
  }
}

}  // namespace

std::vector<std::string> seeds() {
  const std::string text = "name: value\ntoken: something that is long enough to count\n";
  return {test::in_base64(text),
          test::in_lines(test::in_base64(text + text), 64),
          test::in_hex(text),
          "q=" + test::in_url_encoding(text),
          test::in_utf16(text),
          test::in_utf16(text, true),
          test::in_base64(test::in_gzip(text)),
          test::in_gzip(text),
          std::string(60, '.') + "=\n" + text,
          "\"abcdefghijklmno\\u0041\\x42\\/pqrst\"",
          test::in_lines(test::in_base64(text), 7, "\\n"),
          test::in_lines(test::in_base64(text), 9, "\" +\n  \""),
          test::in_lines(test::in_hex(text), 2, ", 0x"),
          test::in_base64(test::in_zlib(text)),
          "&#103;&#x68;\\147\\u{68}\\x{67}\\U00000068=67=68\\\nabc"};
}

void run(std::string_view input) {
  const std::vector<Block> expected = blocks(&BlockFilter::portable_next, input);
  expect(blocks(&BlockFilter::next, input) == expected, "the vector filter passes the same");
  check_ranges(input);
}

}  // namespace pushguard::fuzz
