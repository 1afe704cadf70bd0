// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/toml_file.h"

#include <catch2/catch.hpp>

namespace pushguard {

TEST_CASE("a table header without a key is a mistake with its place, not the end of the program") {
  const auto [text, column, sign] =
      GENERATE(table<std::string, size_t, std::string>({{"[[[a]]]", 3, "["},
                                                        {"[[[amll", 3, "["},
                                                        {"[=a]", 2, "="},
                                                        {"[.a]", 2, "."},
                                                        {"[#", 2, "#"}}));
  CHECK_THROWS_WITH(TomlFile("x.toml", text),
                    "x.toml:1:" + std::to_string(column) +
                        ": error while parsing key: expected bare key starting character "
                        "or string delimiter, saw '" +
                        sign + "'\n  " + text + "\n  " + std::string(column - 1, ' ') + "^");
}

TEST_CASE("a letter that is not ASCII, where none may be, is a mistake with its place") {
  const auto [text, place] =
      GENERATE(table<std::string, std::string>({{"caf\u00e9 = 1", "1:4"},
                                                {"\u00e9 = 1", "1:1"},
                                                {"a = 1 # ok\nb = \u00e9", "2:5"},
                                                {"a = 'x' \u00e9", "1:9"},
                                                {"a = -\"x\u3042\"", "1:5"},
                                                {"a = 1\ufef7", "1:6"},
                                                {"[a.\u00e9]", "1:4"}}));
  CAPTURE(text);
  std::string message;
  try {
    TomlFile("x.toml", text);
  } catch (const FileError& error) {
    message = error.what();
  }
  CHECK(message.substr(0, 7 + place.size() + 14) == "x.toml:" + place + ": error while ");
}

TEST_CASE("letters in strings and comments are read as they are") {
  const TomlFile file("x.toml", "\xef\xbb\xbf# \u00e9\n\"caf\u00e9\" = '\u00e9' # \u00e9\n"
                                "b = \"\"\"\n\u00e9 # \" \"\" \\\"\"\"\u00e9\"\"\"\n"
                                "c = '''\n\u00e9 ' \\'''\n"
                                "d = \"\\\\\" # \u00e9\n"
                                "e = \"\"\"x\\\n  \u00e9\u3042\ufef7\"\"\"\n");
  CHECK(file.string(file.root(), "caf\u00e9") == "\u00e9");
  CHECK(file.string(file.root(), "b") == "\u00e9 # \" \"\" \"\"\"\u00e9");
  CHECK(file.string(file.root(), "c") == "\u00e9 ' \\");
  CHECK(file.string(file.root(), "d") == "\\");
  CHECK(file.string(file.root(), "e") == "x\u00e9\u3042\ufef7");
}

}  // namespace pushguard
