// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/path_glob.h"

#include <fnmatch.h>

#include <algorithm>
#include <string>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

// Without the code points that HFS+ ignores in names, in lower case.
std::string as_hfs_reads(std::string_view part) {
  constexpr std::string_view kIgnored[] = {
      "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d",
      "\u202e", "\u206a", "\u206b", "\u206c", "\u206d", "\u206e", "\u206f", "\ufeff"};
  std::string name;
  while (!part.empty()) {
    size_t skipped = 0;
    for (const std::string_view ignored : kIgnored) {
      if (part.starts_with(ignored)) skipped = ignored.size();
    }
    if (skipped == 0) name += to_lower(part[0]);
    part.remove_prefix(skipped == 0 ? 1 : skipped);
  }
  return name;
}

// NTFS ignores blanks and dots at the end, and reads a stream's name after ':'.
bool is_git_directory(std::string_view part) {
  const std::string name = as_hfs_reads(part);
  for (const std::string_view git : {".git", "git~1"}) {
    if (!name.starts_with(git)) continue;
    const size_t end = name.find_first_not_of(". ", git.size());
    if (end == name.npos || name[end] == ':') return true;
  }
  return false;
}

}  // namespace

bool is_checked_out(std::string_view path) {
  for (size_t begin = 0;;) {
    const size_t end = std::min(path.find_first_of("/\\", begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == ".." || is_git_directory(part)) return false;
    if (end == path.size()) return true;
    begin = end + 1;
  }
}

bool matches_path_glob(std::string_view glob, std::string_view path) {
  const bool whole = glob.find('/') != std::string_view::npos;
  const std::string text(whole ? path : path.substr(path.rfind('/') + 1));
  return fnmatch(std::string(glob).c_str(), text.c_str(), 0) == 0;
}

}  // namespace pushguard
