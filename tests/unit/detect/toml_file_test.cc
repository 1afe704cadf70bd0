#include "detect/toml_file.h"

#include <catch2/catch.hpp>

namespace pushguard {

TEST_CASE("a table header without a key is a mistake with its place, not the end of the program") {
  const auto [text, column, sign] = GENERATE(table<std::string, size_t, std::string>(
      {{"[[[a]]]", 3, "["}, {"[[[amll", 3, "["}, {"[=a]", 2, "="}, {"[.a]", 2, "."},
       {"[#", 2, "#"}}));
  CHECK_THROWS_WITH(TomlFile("x.toml", text),
                    "x.toml:1:" + std::to_string(column) +
                        ": error while parsing key: expected bare key starting character "
                        "or string delimiter, saw '" + sign + "'\n  " + text + "\n  " +
                        std::string(column - 1, ' ') + "^");
}

}  // namespace pushguard
