// SPDX-License-Identifier: Apache-2.0
// Whether git on this server accepts push options, which carry bypass requests.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace pushguard {

struct PushOptions {
  bool are_offered = false;
  std::string where;  // if not offered: the configuration that was read
};

// Asks git for receive.advertisePushOptions in the configuration of the system, of the user
// with the home directory `home`, and of `git_directory`, if given; a later one overrides an
// earlier one. Throws Error when git cannot be run.
PushOptions offers_push_options(const std::optional<std::filesystem::path>& git_directory,
                                const std::string& home);

// `repository` itself if it is bare, else its `.git`. Throws Error if it is no repository.
std::filesystem::path git_directory(const std::filesystem::path& repository);

}  // namespace pushguard
