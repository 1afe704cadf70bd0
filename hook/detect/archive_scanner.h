// SPDX-License-Identifier: Apache-2.0
// The rules on the files in archives: each is a content like a blob of its own.
//
// What is found is told at its line in the file that is packed, whose name it
// carries. An archive of which anything is new is unpacked whole: compressed
// bytes differ from the first change on, so there is nothing to take over.
// Large blobs arrive in parts, and an archive cannot be read in parts: they are
// kept until the last one came, up to a limit.
#pragma once

#include <string>
#include <vector>

#include "decode/archive.h"
#include "detect/finding.h"

namespace pushguard {

class ArchiveScanner {
 public:
  // What is found in the content of a file, encodings included.
  using FindIn = std::function<std::vector<Finding>(const Object& file)>;

  ArchiveScanner(const Limits& limits, FindIn find_in)
      : limits_(limits), find_in_(std::move(find_in)) {}

  // Findings in the files that `object` holds, if it is a blob and an archive.
  // Of an object in parts, those of the whole with its last part.
  std::vector<Finding> scan(const Object& object);

  // Of the last scan: what was not unpacked.
  const std::vector<Unscanned>& unscanned() const { return unscanned_; }

 private:
  std::vector<Finding> scan_whole(const Object& object, std::string_view content);
  std::vector<Finding> unpacked(const Object& object, std::string_view content, ArchiveKind kind,
                                ArchiveReader& reader, uint32_t layer);
  std::vector<Finding> collect_part(const Object& object);
  void leave_out(const Object& object, Why why, std::string detail);

  const Limits limits_;
  FindIn find_in_;
  std::string parts_;  // of an archive that arrives in parts
  bool collecting_ = false;
  std::vector<Unscanned> unscanned_;
};

// Adds what was found in the files of an archive to what was found in its own
// bytes. Files that are stored as they are would be told twice: their names say
// more.
void add_packed(std::vector<Finding>& found, std::vector<Finding> packed);

}  // namespace pushguard
