// SPDX-License-Identifier: Apache-2.0
// Paths that a person named -> what there is to look at, in a stable order.
//
// Directories are walked in the order of their names' bytes, symbolic links are
// not followed (git stores where they point to, and that is looked at), `.git`
// is not entered. Whatever else is left out is named with its reason. Rejected:
// reading .gitignore (a file that is ignored today is added with -f tomorrow,
// and a scan that says nothing of it would be trusted).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pushguard {

struct Entry {
  enum class Kind : uint8_t { file, link, directory, standard_input };

  Kind kind = Kind::file;
  std::string shown;  // as a person would name it, from where they stand
  // As the policy and the hook name it: from the top of the repository that it
  // is in, else from the directory that was named. "" for standard input.
  std::string path;
  uint64_t size = 0;  // bytes, of a file
};

// What was not looked at.
struct UnscannedFile {
  enum class Why : uint8_t { unreadable, too_large, special, archive };

  std::string shown;
  Why why = Why::unreadable;
  std::string detail;  // one line, lower case, no full stop
};
std::string_view to_string(UnscannedFile::Why);

struct FileList {
  std::vector<Entry> entries;
  std::vector<UnscannedFile> unscanned;
};

// "-" is standard input. A link that is itself named is followed.
FileList list_files(const std::vector<std::string>& named);

}  // namespace pushguard
