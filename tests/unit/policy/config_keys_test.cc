// SPDX-License-Identifier: Apache-2.0
// The table of keys and the parser name the same ones.
#include "policy/config_keys.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "policy/config.h"
#include "vocabulary/error.h"

namespace pushguard {

TEST_CASE("each key of the table is read, for none takes a date with a time") {
  for (const ConfigKey& key : config_keys()) {
    const auto table = std::ranges::find(config_tables(), key.table, &ConfigTable::name);
    REQUIRE(table != config_tables().end());
    const auto [needed, value] =
        key.table == "owner" ? std::pair("owners", "[\"@o\"]") : std::pair("reason", "\"r\"");
    std::string once =
        (table->many ? "[[" : "[") + std::string(key.table) + (table->many ? "]]\n" : "]\n");
    if (table->many && key.key != needed) once += fmt::format("{} = {}\n", needed, value);
    const std::string text = fmt::format("{}{} = 1979-05-27T07:32:00Z\n", once, key.key);
    INFO(text);
    CHECK_THROWS_WITH(
        parse_config("c.toml", text),
        Catch::Contains(fmt::format("\n  {} = 1979", key.key)) && !Catch::Contains("unknown key"));
  }
}

TEST_CASE("each key has a type and one sentence") {
  for (const ConfigKey& key : config_keys()) {
    INFO(key.table << "." << key.key);
    CHECK_FALSE(key.type.empty());
    CHECK_FALSE(key.meaning.empty());
    CHECK_FALSE(key.meaning.ends_with('.'));
  }
}

TEST_CASE("the defaults of the table are the defaults") {
  std::string text;
  for (const ConfigTable& table : config_tables()) {
    if (table.many || table.name == "monitor") continue;  // that has no default
    text += fmt::format("[{}]\n", table.name);
    for (const ConfigKey& key : config_keys()) {
      if (key.table != table.name || key.default_value.empty()) continue;
      text += fmt::format("{} = {}\n", key.key, key.default_value);
    }
  }
  const Config written = parse_config("c.toml", text), unwritten;
  CHECK(written.introduced == unwritten.introduced);
  CHECK(written.preexisting == unwritten.preexisting);
  CHECK(written.promoted_example == unwritten.promoted_example);
  CHECK(written.refuse_unscanned == unwritten.refuse_unscanned);
  CHECK(written.refuse_unlogged == unwritten.refuse_unlogged);
  CHECK(written.limits.object_bytes == unwritten.limits.object_bytes);
  CHECK(written.limits.memory_bytes == unwritten.limits.memory_bytes);
  CHECK(written.time == unwritten.time);
  CHECK(written.extra_rules == unwritten.extra_rules);
  CHECK(written.bypass == unwritten.bypass);
  CHECK(written.message.contact == unwritten.message.contact);
  CHECK(written.template_files == unwritten.template_files);
}

}  // namespace pushguard
