// SPDX-License-Identifier: Apache-2.0
// Whether git on this server takes push options, which bypasses come by.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace pushguard {

struct PushOptions {
  bool are_offered = false;
  std::string where;  // if not: what was looked at
};

// Asks git for the configuration of the system, of the user whose home that is
// and, if given, of a repository's git directory; the last one that says
// anything counts. Throws Error when git cannot be run.
PushOptions offers_push_options(const std::optional<std::filesystem::path>& git_directory,
                                const std::string& home);

// Of a bare repository itself, of another one `.git`. Throws Error if it is none.
std::filesystem::path git_directory(const std::filesystem::path& repository);

}  // namespace pushguard
