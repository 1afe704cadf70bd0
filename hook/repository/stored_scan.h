// SPDX-License-Identifier: Apache-2.0
// The result of a repository's scan as it is kept in a state directory: while nothing of the
// repository and of the rules changes, it is told again.
//
// It is what was printed, and so has previews and no secret.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "repository/repository.h"

namespace pushguard {

struct StoredScan {
  std::string signature;  // of all that the result depends on; "" when it is not to be told again
  int exit_code = 2;
  uint64_t objects = 0, blocked = 0, warned = 0, skipped = 0;
  std::string errors, table, jsonl;  // as they are printed
};

// Nothing when there is none, or it is damaged.
std::optional<StoredScan> read_scan(const std::filesystem::path& file);
// Throws Error; what was there then remains.
void write_scan(const std::filesystem::path& file, const StoredScan& scan);

// A digest of what the repository stores: its refs, its packs by name, size and time, its loose
// objects; and of `rules`.
std::string signature_of(const Repository& repository, const std::string& rules);

}  // namespace pushguard
