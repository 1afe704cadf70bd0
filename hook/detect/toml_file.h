// A TOML file that a person wrote, read so that every mistake has a place.
//
// All getters throw FileError with file, line, column, excerpt and caret.
// A key that nobody asked for is a mistake as well: a misspelt `[polcy]` must
// not silently mean the defaults.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#define TOML_HEADER_ONLY 1
// It asserts that a table header such as "[=]" starts with a key just before it
// would say so.
#define TOML_ASSERT(expr) static_assert(true)
#include <toml++/toml.h>

#include "error.h"

namespace pushguard {

// The whole file. Throws Error when it cannot be read.
std::string read_file(const std::filesystem::path& path);

class TomlFile {
 public:
  // `name` is for messages. Throws FileError when it is not TOML.
  TomlFile(std::string name, std::string text);

  const toml::table& root() const { return root_; }
  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }

  // Throws for every key of `table` that is not in `known`; suggests the
  // nearest one.
  void expect_keys(const toml::table& table, std::span<const std::string_view> known) const;

  // Absent keys give nullopt (or no elements); wrong types throw.
  std::optional<std::string> string(const toml::table& table, std::string_view key) const;
  std::optional<bool> boolean(const toml::table& table, std::string_view key) const;
  // Within [least, most], or it throws.
  std::optional<int64_t> integer(const toml::table& table, std::string_view key, int64_t least,
                                 int64_t most) const;
  std::vector<int64_t> integers(const toml::table& table, std::string_view key, int64_t least,
                                int64_t most) const;
  std::optional<double> number(const toml::table& table, std::string_view key) const;
  std::vector<std::string> strings(const toml::table& table, std::string_view key) const;
  const toml::table* table(const toml::table& table, std::string_view key) const;
  std::vector<const toml::table*> tables(const toml::table& table, std::string_view key) const;
  // One of `choices`, by name; throws and names them all otherwise.
  template <typename Value>
  std::optional<Value> choice(
      const toml::table& table, std::string_view key,
      std::span<const std::pair<std::string_view, Value>> choices) const;

  // A required string that is not empty.
  std::string required(const toml::table& table, std::string_view key) const;

  FileError error_at(const toml::node& node, std::string_view message,
                     std::string_view hint = {}) const;

 private:
  std::string name_, text_;
  toml::table root_;
};

template <typename Value>
std::optional<Value> TomlFile::choice(
    const toml::table& table, std::string_view key,
    std::span<const std::pair<std::string_view, Value>> choices) const {
  const auto text = string(table, key);
  if (!text) return std::nullopt;
  std::string names;
  for (const auto& [name, value] : choices) {
    if (name == *text) return value;
    names += names.empty() ? "" : ", ";
    names += name;
  }
  throw error_at(*table.get(key), "unknown value '" + *text + "'", "one of: " + names);
}

}  // namespace pushguard
