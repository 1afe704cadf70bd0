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

std::vector<Block> all_blocks(size_t (BlockFilter::*next)(std::span<Block>),
                              std::string_view content, size_t begin, size_t end) {
  std::vector<Block> all;
  std::array<Block, BlockBits::kMost> some;
  BlockFilter filter(content, begin, end);
  while (!filter.done()) {
    const size_t count = (filter.*next)(some);
    all.insert(all.end(), some.begin(), some.begin() + count);
  }
  return all;
}

// "marks rows lines pairs wide": the places in each, counted from the start of `content`.
std::string seen(std::string_view content) {
  std::string marks, rows, lines, pairs, wide;
  for (const Block& block : all_blocks(&BlockFilter::next, content, 0, content.size())) {
    for (size_t i = 0; i < 64; ++i) {
      const std::string place = " " + std::to_string(block.position + i);
      if (block.marks >> i & 1) marks += place;
      if (block.rows >> i & 1) rows += place;
      if (block.lines >> i & 1) lines += place;
      if (block.pairs >> i & 1) pairs += place;
    }
    if (block.wide) wide += " " + std::to_string(block.position);
  }
  return "marks" + marks + ", rows" + rows + ", lines" + lines + ", pairs" + pairs + ", wide" +
         wide;
}

}  // namespace

TEST_CASE("the vector filter and the portable one pass the same blocks") {
  std::mt19937 random(7);
  const std::vector<std::string> alphabets{
      "a\n",
      "a\nb ",
      "ab ",
      "abc\r\n",
      "ab\n ,",
      "IJKLabcdef0123",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_",
      "0123456789abcdef2345672345",
      std::string("a\0", 2),
      "%\\=H4u3x/\n\r27D(:&#0XeAFJN\"'+.",
      "ab (c) = 1;\n",
      "\x80\xff+*,-"};
  size_t passed = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string content;
    while (content.size() < random() % 2500) {
      const std::string& alphabet = alphabets[random() % alphabets.size()];
      for (size_t count = random() % 60; count > 0; --count)
        content += alphabet[random() % alphabet.size()];
      if (random() % 4 == 0) content += in_base64("what is text decodes to printable bytes");
      if (random() % 4 == 0) content += in_utf16("so does what is wide");
    }
    const size_t begin = content.empty() ? 0 : random() % content.size();
    const size_t end = begin + random() % (content.size() - begin + 1);
    const auto expected = all_blocks(&BlockFilter::portable_next, content, begin, end);
    REQUIRE(all_blocks(&BlockFilter::next, content, begin, end) == expected);
    passed += expected.size();
  }
  CHECK(passed > 2000);
}

TEST_CASE("source text passes no block") {
  const std::string text =
      "int main(int argc, char** argv) { return argc == 2 ? f(argv[1]) : 1; }\n"
      "#include <some/very/long/directory/of/headers/with_a_long_name.h>  // why not\n"
      "static constexpr unsigned kMostThatFitInTable = 100;\n"
      "\n}\n\nvoid f() {\n  return;\n}\n";
  CHECK(seen(text) == "marks, rows, lines, pairs, wide");
}

TEST_CASE("what passes is told by its place, wherever the blocks begin") {
  for (size_t before = 0; before < 130; ++before) {
    INFO(before << " blanks before it");
    const std::string blanks(before, ' ');
    const auto at = [&](size_t place) { return " " + std::to_string(before + place); };
    const std::string letters = in_base64("in 18 bytes, 24 !!");
    CHECK(seen(blanks + letters + ";") == "marks, rows" + at(23) + ", lines, pairs, wide");
    CHECK(seen(blanks + letters.substr(0, 16) + "\r\n (a b)") ==
          "marks, rows" + at(16) + ", lines, pairs, wide");
    CHECK(seen(blanks + "a b\n" + blanks + "# Zm9v\n  YmFy  \n(a b)") ==
          "marks, rows, lines " + std::to_string(2 * before + 19) + ", pairs, wide");
    CHECK(seen(blanks + "a b\n  Zm9v,\n\n  YmFy") ==
          "marks, rows, lines" + at(19) + ", pairs, wide");
    CHECK(seen(blanks + "67 68 70;") == "marks, rows, lines, pairs" + at(8) + ", wide");
    CHECK(seen(blanks + "67, 68, 70;") == "marks, rows, lines, pairs" + at(10) + ", wide");
    CHECK(seen(blanks + "(\\u0067 %41)") == "marks" + at(1) + at(8) + ", rows, lines, pairs, wide");
  }
}

}  // namespace pushguard::test
