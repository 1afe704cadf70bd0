// SPDX-License-Identifier: Apache-2.0
#include "report/text.h"

#include <catch2/catch.hpp>

namespace pushguard {
namespace {

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> all;
  while (!text.empty()) {
    all.emplace_back(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(all.back().size() + 1, text.size()));
  }
  return all;
}

}  // namespace

TEST_CASE("prose is broken at spaces, and every line has its keyword") {
  Text text;
  text.prose("hint: ", "the quick brown fox jumps over the lazy dog and then goes home to sleep");
  CHECK(text.str() == "hint: the quick brown fox jumps over the lazy dog and then goes home to\n"
                      "hint: sleep\n");
}

TEST_CASE("no line of prose is over 72 columns, whatever the words") {
  for (const size_t size : {1, 65, 66, 67, 72, 73, 500}) {
    Text text;
    text.prose("error: ", std::string(size, 'w') + " and " + std::string(size, 'v'));
    std::string said;
    for (const std::string& line : lines(text.str())) {
      CHECK(line.size() <= 72);
      CHECK(line.starts_with("error: "));
      said += line.substr(7);
    }
    std::erase(said, ' ');
    CHECK(said == std::string(size, 'w') + "and" + std::string(size, 'v'));
  }
}

TEST_CASE("lines after the first are indented; characters beyond ASCII take a column each") {
  Text text;
  text.prose("    ", "one two three four five six seven eight nine ten eleven twelve 1313131", 2);
  CHECK(text.str() == "    one two three four five six seven eight nine ten eleven twelve\n"
                      "      1313131\n");
  Text wide;
  std::string word;
  for (int i = 0; i < 66; ++i) word += "\xc3\xa9";
  wide.prose("hint: ", word + " " + word);
  CHECK(wide.str() == "hint: " + word + "\nhint: " + word + "\n");
}

TEST_CASE("a command is never broken") {
  Text text;
  text.command("hint:     ", "git rebase " + std::string(100, 'x'));
  CHECK(text.str() == "hint:     git rebase " + std::string(100, 'x') + "\n");
}

TEST_CASE("what shows nothing, or is no UTF-8, becomes a question mark") {
  CHECK(printable(std::string("a\x1b[31m\r\n\t\0b\x7f\x80\xff", 14)) == "a?[31m????b???");
  CHECK(printable("gr\xc3\xbc\xc3\x9f \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x94\x91") ==
        "gr\xc3\xbc\xc3\x9f \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x94\x91");
  CHECK(printable("a\xe2\x80\xae"
                  "b\xc2\x85"
                  "c\xef\xbb\xbf"
                  "d\xed\xa0\x80") == "a?b?c?d???");
  Text text;
  text.prose("error: ", "one\x1b[2J\rtwo\nthree");
  text.command("hint:     ", "git push '\x1b'");
  CHECK(text.str() == "error: one?[2J?two?three\nhint:     git push '?'\n");
}

TEST_CASE("blanks at the end of a line are cut") {
  Text text;
  text.prose("  ", "x  ");
  text.blank();
  text.prose("error: ", "");
  CHECK(text.str() == "  x\n\nerror:\n");
}

TEST_CASE("at 47 KiB the text ends, and says so once") {
  Text text;
  for (int i = 0; i < 5000; ++i) text.prose("error: ", "one line of many");
  CHECK(text.full());
  CHECK(text.str().size() <= Text::kMostBytes);
  CHECK(text.str().size() > Text::kMostBytes - 100);
  const auto all = lines(text.str());
  CHECK(all.back() == "(the rest did not fit here; the server's log has all of it)");
  CHECK(all[all.size() - 2] == "error: one line of many");
}

TEST_CASE("a line that is longer than the whole limit is left out, and the text says so") {
  Text text;
  text.command("hint:     ", std::string(50000, 'x'));
  CHECK(text.str() == "(the rest did not fit here; the server's log has all of it)\n");
}

}  // namespace pushguard
