// SPDX-License-Identifier: Apache-2.0
// Globs on paths, as rules and site files write them.
#pragma once

#include <string_view>

namespace pushguard {

// A glob without '/' is compared with the file's name, any other with the whole
// path (fnmatch(3): '*' matches '/' as well).
bool matches_path_glob(std::string_view glob, std::string_view path);

}  // namespace pushguard
