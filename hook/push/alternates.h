// SPDX-License-Identifier: Apache-2.0
// Where the objects are that the server has already.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace pushguard {

// The value of GIT_ALTERNATE_OBJECT_DIRECTORIES: paths between colons, each
// C-quoted when it starts with '"' (git's sq and C quoting, quote.c's rules).
// Throws Error on a quote that does not end.
std::vector<std::filesystem::path> parse_alternates(std::string_view value);

// The same value from paths, quoted where it must be.
std::string format_alternates(const std::vector<std::filesystem::path>& directories);

// `directories` and everything that their info/alternates lead to, each once,
// nearest first, at most git's own five levels deep. Relative lines count from
// the object directory that they stand in. Directories that do not exist are
// left out, as git does.
std::vector<std::filesystem::path> with_alternates(
    const std::vector<std::filesystem::path>& directories);

}  // namespace pushguard
