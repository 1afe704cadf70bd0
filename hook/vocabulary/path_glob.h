// SPDX-License-Identifier: Apache-2.0
// Globs on paths, as rules and site files write them, and what is a path for them.
#pragma once

#include <string_view>

namespace pushguard {

// A glob without '/' is compared with the file's name, any other with the whole
// path (fnmatch(3): '*' matches '/' as well).
bool matches_path_glob(std::string_view glob, std::string_view path);

// Whether git would check out a file at `path`: no part of it is empty, "." or "..", or ".git" to
// any file system (in any case, with what HFS+ ignores, as NTFS reads it). A tree may have any
// other name in it as well; what has such a path is at no place of which a glob could speak.
bool is_checked_out(std::string_view path);

}  // namespace pushguard
