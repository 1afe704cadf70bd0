// SPDX-License-Identifier: Apache-2.0
#include "decode/block_filter.h"

#include <catch2/catch.hpp>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "support/encode.h"

namespace pushguard::test {
namespace {

using Filter = size_t (*)(std::string_view, size_t&, size_t, std::span<Block>);

std::vector<Block> all_blocks(Filter filter, std::string_view content, size_t begin, size_t end) {
  std::vector<Block> all;
  std::array<Block, 3> some;
  while (begin < end) {
    const size_t count = filter(content, begin, end, some);
    all.insert(all.end(), some.begin(), some.begin() + count);
  }
  return all;
}

}  // namespace

TEST_CASE("the vector filter and the portable one pass the same blocks") {
  std::mt19937 random(7);
  const std::vector<std::string> alphabets{
      "IJKLabcdef0123",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_",
      "0123456789abcdef2345672345",
      std::string("a\0", 2),
      "%\\=H4u3x/\n\r27D(:",
      "ab (c) = 1;\n",
      "\x80\xff+*,-"};
  size_t passed = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string content;
    while (content.size() < random() % 200) {
      const std::string& alphabet = alphabets[random() % alphabets.size()];
      for (size_t count = random() % 60; count > 0; --count)
        content += alphabet[random() % alphabet.size()];
      if (random() % 4 == 0) content += in_base64("what is text decodes to printable bytes");
      if (random() % 4 == 0) content += in_utf16("so does what is wide");
    }
    const size_t begin = content.empty() ? 0 : random() % content.size();
    const size_t end = begin + random() % (content.size() - begin + 1);
    const auto expected = all_blocks(portable_filter_blocks, content, begin, end);
    REQUIRE(all_blocks(filter_blocks, content, begin, end) == expected);
    REQUIRE(all_blocks(sse2_filter_blocks, content, begin, end) == expected);
    passed += expected.size();
  }
  CHECK(passed > 2000);
}

TEST_CASE("source text passes no block") {
  const std::string text =
      "int main(int argc, char** argv) { return argc == 2 ? f(argv[1]) : 1; }\n"
      "#include <some/very/long/directory/of/headers/with_a_long_name.h>  // why not\n"
      "static constexpr unsigned kMaximumNumberOfThingsThatFitIntoTheTable = 100;\n";
  CHECK(all_blocks(filter_blocks, text, 0, text.size()).empty());
}

TEST_CASE("text of 24 bytes in base64 has a block that passes, at every position") {
  for (size_t before = 0; before < 40; ++before) {
    const std::string content = std::string(before, ' ') + in_base64("0123456789 in 24 bytes..");
    CHECK_FALSE(all_blocks(filter_blocks, content, 0, content.size()).empty());
  }
}

}  // namespace pushguard::test
