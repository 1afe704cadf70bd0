// SPDX-License-Identifier: Apache-2.0
#include "rules/provider.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "vocabulary/mistakes.h"

namespace pushguard {
namespace {

constexpr std::string_view kFileKeys[] = {"provider"};
constexpr std::string_view kProviderKeys[] = {"names", "instead", "revoke", "affects", "misuse"};
// With "hint: use instead: " it is one line of a message (report/text.h).
constexpr size_t kLongestInstead = 53, kLongest = 300;

std::string plain(const TomlFile& file, const toml::table& table, std::string_view key,
                  size_t longest) {
  const std::string text = file.string(table, key).value_or("");
  const bool is_plain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
  if (text.size() > longest || !is_plain) {
    throw file.error_at(
        *table.get(key),
        fmt::format("'{}' must be at most {} printable ASCII characters", key, longest));
  }
  return text;
}

RawProvider read_provider(const TomlFile& file, const toml::table& table,
                          std::span<const std::string_view> providers,
                          std::set<std::string>& seen) {
  file.expect_keys(table, kProviderKeys);
  file.required(table, "instead");
  RawProvider provider{file.strings(table, "names"), plain(file, table, "instead", kLongestInstead),
                       plain(file, table, "revoke", kLongest),
                       plain(file, table, "affects", kLongest),
                       plain(file, table, "misuse", kLongest)};
  if (provider.names.empty()) throw file.error_at(table, "'names' is missing or empty");
  for (const std::string& name : provider.names) {
    if (std::ranges::find(providers, name) == providers.end()) {
      throw file.error_at(*table.get("names"), fmt::format("no rule has the provider '{}'", name));
    }
    if (!seen.insert(name).second) {
      throw file.error_at(*table.get("names"), fmt::format("'{}' stands here twice", name));
    }
  }
  return provider;
}

}  // namespace

std::vector<RawProvider> read_providers(const TomlFile& file,
                                        std::span<const std::string_view> providers) {
  Mistakes mistakes;
  std::vector<RawProvider> rows;
  std::set<std::string> seen;
  mistakes.attempt([&] { file.expect_keys(file.root(), kFileKeys); });
  for (const toml::table* table : file.tables(file.root(), "provider")) {
    mistakes.attempt([&] { rows.push_back(read_provider(file, *table, providers, seen)); });
  }
  mistakes.sort_by_place(file.name());
  mistakes.raise();
  return rows;
}

Provider ProviderTable::find(std::string_view name) const {
  const auto text = [&](Text place) { return pool.substr(place.at, place.size); };
  const auto row =
      std::ranges::lower_bound(rows, name, {}, [&](const Row& one) { return text(one.name); });
  if (row == rows.end() || text(row->name) != name) return {};
  return {text(row->instead), text(row->revoke), text(row->affects), text(row->misuse)};
}

}  // namespace pushguard
