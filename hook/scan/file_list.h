// SPDX-License-Identifier: Apache-2.0
// Lists the files to scan under the paths that a person named, in a stable order.
//
// Directories are walked in the byte order of their names. Symbolic links are not followed;
// their targets' names, which git stores, are scanned. `.git` is not entered, nor is a directory
// in which git keeps objects: they are compressed, and their text would look clean. Everything
// that is left out is reported with its reason, but for a `.git` without objects. Rejected:
// reading .gitignore (a file that is ignored today is added with -f tomorrow, and the scan would
// have called it clean); reading the objects here (a scan of files is quick, and has no history).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pushguard {

struct Entry {
  enum class Kind : uint8_t { file, link, directory, standard_input };

  Kind kind = Kind::file;
  std::string shown;  // the path as given, for people
  // The path for the policy, as in the hook: from the top of the repository that contains it,
  // else from the directory that was named. "" for standard input.
  std::string path;
  uint64_t size = 0;  // bytes, of a file
};

// A file that was not scanned.
struct UnscannedFile {
  enum class Why : uint8_t {
    unreadable,
    too_large,
    special,
    archive,
    history,        // of a repository whose files were looked at
    object_storage  // of a repository whose objects alone are there
  };

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
