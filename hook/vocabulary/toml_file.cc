// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/toml_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "vocabulary/ascii.h"
#include "vocabulary/descriptor.h"
#include "vocabulary/mistakes.h"
#include "vocabulary/nearest.h"

namespace pushguard {
namespace {

constexpr size_t kMostBytes = size_t{16} << 20;  // of a file that a person wrote

toml::table parse(const std::string& name, const std::string& text) {
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    std::string message(error.description());
    if (!message.empty()) message[0] = to_lower(message[0]);
    throw FileError(name, text, error.source().begin.line, error.source().begin.column, message);
  }
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  const auto failed = [&](std::string_view why) {
    return Error(fmt::format("cannot read '{}': {}", path.native(), why));
  };
  // Without blocking: a pipe that nobody writes would hold the hook for ever.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!file || fstat(file.get(), &status) != 0) throw failed(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) throw failed("it is a directory, not a file");
  if (!S_ISREG(status.st_mode) && path != "/dev/null") throw failed("it is not a regular file");
  std::string text;
  char chunk[65536];
  for (;;) {
    const ssize_t got = ::read(file.get(), chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw failed(std::strerror(errno));
    if (got == 0) return text;
    text.append(chunk, static_cast<size_t>(got));
    if (text.size() > kMostBytes) throw failed("it has more than 16 MiB");
  }
}

TomlFile::TomlFile(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), root_(parse(name_, text_)) {}

FileError TomlFile::error_at(const toml::node& node, std::string_view message,
                             std::string_view hint) const {
  const auto& place = node.source().begin;
  return FileError(name_, text_, place.line, place.column, message, hint);
}

void TomlFile::expect_keys(const toml::table& table,
                           std::span<const std::string_view> known) const {
  Mistakes mistakes;
  for (const auto& [key, value] : table) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    const std::string_view right = nearest(key.str(), known);
    const auto& place = key.source().begin;
    mistakes.attempt([&] {
      throw FileError(name_, text_, place.line, place.column,
                      fmt::format("unknown key '{}'", key.str()),
                      right.empty() ? "" : fmt::format("did you mean '{}'?", right));
    });
  }
  mistakes.raise();
}

std::optional<std::string> TomlFile::string(const toml::table& table, std::string_view key) const {
  const toml::node* node = table.get(key);
  if (!node) return std::nullopt;
  if (!node->is_string()) throw error_at(*node, fmt::format("'{}' must be a string", key));
  return node->as_string()->get();
}

std::optional<bool> TomlFile::boolean(const toml::table& table, std::string_view key) const {
  const toml::node* node = table.get(key);
  if (!node) return std::nullopt;
  if (!node->is_boolean()) throw error_at(*node, fmt::format("'{}' must be true or false", key));
  return node->as_boolean()->get();
}

std::optional<int64_t> TomlFile::integer(const toml::table& table, std::string_view key,
                                         int64_t least, int64_t most) const {
  const toml::node* node = table.get(key);
  if (!node) return std::nullopt;
  const auto value = node->value_exact<int64_t>();
  if (!value || *value < least || *value > most) {
    throw error_at(*node,
                   fmt::format("'{}' must be a whole number from {} to {}", key, least, most));
  }
  return value;
}

std::vector<int64_t> TomlFile::integers(const toml::table& table, std::string_view key,
                                        int64_t least, int64_t most) const {
  const toml::node* node = table.get(key);
  if (!node) return {};
  const toml::array* array = node->as_array();
  if (!array) throw error_at(*node, fmt::format("'{}' must be a list of numbers", key));
  std::vector<int64_t> values;
  for (const toml::node& element : *array) {
    const auto value = element.value_exact<int64_t>();
    if (!value || *value < least || *value > most) {
      throw error_at(element, fmt::format("'{}' must hold only whole numbers from {} to {}", key,
                                          least, most));
    }
    values.push_back(*value);
  }
  return values;
}

std::optional<double> TomlFile::number(const toml::table& table, std::string_view key) const {
  const toml::node* node = table.get(key);
  if (!node) return std::nullopt;
  if (!node->is_number()) throw error_at(*node, fmt::format("'{}' must be a number", key));
  return node->value<double>();
}

std::vector<std::string> TomlFile::strings(const toml::table& table, std::string_view key) const {
  const toml::node* node = table.get(key);
  if (!node) return {};
  const toml::array* array = node->as_array();
  if (!array) throw error_at(*node, fmt::format("'{}' must be a list of strings", key));
  std::vector<std::string> values;
  for (const toml::node& element : *array) {
    if (!element.is_string()) {
      throw error_at(element, fmt::format("'{}' must hold only strings", key));
    }
    values.push_back(element.as_string()->get());
  }
  return values;
}

const toml::table* TomlFile::table(const toml::table& table, std::string_view key) const {
  const toml::node* node = table.get(key);
  if (!node) return nullptr;
  if (!node->is_table()) throw error_at(*node, fmt::format("'{}' must be a table", key));
  return node->as_table();
}

std::vector<const toml::table*> TomlFile::tables(const toml::table& table,
                                                 std::string_view key) const {
  const toml::node* node = table.get(key);
  if (!node) return {};
  const toml::array* array = node->as_array();
  if (!array || !array->is_homogeneous(toml::node_type::table)) {
    throw error_at(*node, fmt::format("'{}' must be written as [[{}]]", key, key));
  }
  std::vector<const toml::table*> values;
  for (const toml::node& element : *array) values.push_back(element.as_table());
  return values;
}

std::string TomlFile::required(const toml::table& table, std::string_view key) const {
  auto value = string(table, key);
  if (!value) throw error_at(table, fmt::format("'{}' is missing", key));
  if (value->empty()) throw error_at(*table.get(key), fmt::format("'{}' is empty", key));
  return std::move(*value);
}

}  // namespace pushguard
