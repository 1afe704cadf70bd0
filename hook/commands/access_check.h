// SPDX-License-Identifier: Apache-2.0
// Whether the user that this process runs as can use what a configuration names,
// and nobody else can change it.
//
// Files are opened as the hook opens them. Nothing is made, written or locked.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "commands/run_as.h"

namespace pushguard {

struct AccessReport {
  std::vector<std::string> mistakes;  // the hook would refuse, or a record not be safe
  std::vector<std::string> warnings;
};

void check_readable(const std::filesystem::path& file, std::string_view what, const User& user,
                    AccessReport& report);

// That only root and the user can write the file, or exchange it in one of its
// directories.
void check_writers(const std::filesystem::path& file, std::string_view what, const User& user,
                   AccessReport& report);

// The audit directory with its log and key, or that they can be made.
void check_audit(const std::filesystem::path& directory, const User& user, AccessReport& report);

}  // namespace pushguard
