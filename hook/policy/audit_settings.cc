// SPDX-License-Identifier: Apache-2.0
#include "policy/audit_settings.h"

#include <fmt/format.h>

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<std::string_view, bool> kSyncChoices[] = {{"record", true}, {"none", false}};

}  // namespace

std::filesystem::path absolute_path(const TomlFile& file, const toml::node& node,
                                    std::string_view text) {
  const fs::path path(text);
  if (!path.is_absolute()) {
    throw file.error_at(node, fmt::format("'{}' is not an absolute path", text),
                        "the hook runs in each repository's own directory");
  }
  return path;
}

AuditSettings read_audit_settings(const TomlFile& file, const toml::table& table,
                                  Mistakes& mistakes) {
  AuditSettings to;
  const auto path = [&](std::string_view key, std::optional<fs::path>& value) {
    mistakes.attempt([&] {
      if (const auto text = file.string(table, key))
        value = absolute_path(file, *table.get(key), *text);
    });
  };
  const auto days = [&](std::string_view key, std::chrono::days& value) {
    mistakes.attempt([&] {
      if (const auto number = file.integer(table, key, 0, 36500))
        value = std::chrono::days(*number);
    });
  };
  path("directory", to.directory);
  mistakes.attempt(
      [&] { to.sync = file.choice<bool>(table, "sync", kSyncChoices).value_or(to.sync); });
  mistakes.attempt([&] {
    if (const auto mib = file.integer(table, "rotate_mib", 0, 1 << 20))
      to.rotate_bytes = uint64_t(*mib) << 20;
  });
  days("rotate_days", to.rotate_days);
  days("personal_days", to.personal_days);
  days("record_days", to.record_days);
  path("signing_key", to.signing_key);
  path("public_key", to.public_key);
  return to;
}

}  // namespace pushguard
