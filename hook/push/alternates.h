// SPDX-License-Identifier: Apache-2.0
// The object directories of the objects that the server already has.
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

// `directories` and all directories that their info/alternates name, each once, nearest
// first, at most five levels deep, as in git. A relative path is relative to the object
// directory whose info/alternates has it. Missing directories are left out, as in git.
std::vector<std::filesystem::path> with_alternates(
    const std::vector<std::filesystem::path>& directories);

}  // namespace pushguard
