// SPDX-License-Identifier: Apache-2.0
// How the record is kept: the [audit] table of the configuration.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "vocabulary/mistakes.h"
#include "vocabulary/toml_file.h"

namespace pushguard {

struct AuditSettings {
  std::optional<std::filesystem::path> directory;  // else the repository's own
  bool sync = true;                             // a record is on disk before its push is answered
  uint64_t rotate_bytes = uint64_t{256} << 20;  // of a file of the log; 0: never
  std::chrono::days rotate_days{0};             // of its age; 0: never
  std::chrono::days personal_days{365};         // then retention removes personal texts; 0: never
  std::chrono::days record_days{0};             // then it removes whole files; 0: never
  std::optional<std::filesystem::path> signing_key, public_key;  // of checkpoints
};

// The path `text` of `node`. Throws FileError when it is not absolute.
std::filesystem::path absolute_path(const TomlFile& file, const toml::node& node,
                                    std::string_view text);

// Reads the table, whose keys were checked; a key that is missing or wrong keeps its default.
AuditSettings read_audit_settings(const TomlFile& file, const toml::table& table,
                                  Mistakes& mistakes);

}  // namespace pushguard
