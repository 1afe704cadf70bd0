// SPDX-License-Identifier: Apache-2.0
// What is read of the archives that a content is, as lines to compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "decode/archive.h"

namespace pushguard::test {

using Lines = std::vector<std::string>;

// A line "NAME SIZE" for each file, then a line "WHY: DETAIL" for each Unscanned.
inline Lines look_into(std::string_view content, const Limits& limits = {}) {
  Lines files, gaps;
  ArchiveReader reader(limits);
  for (const ArchiveKind kind : archive_kinds(content)) {
    reader.read(
        content, kind,
        [&](std::string_view name, std::string_view file) {
          files.push_back(std::string(name) + " " + std::to_string(file.size()));
        },
        [&](Cause cause, std::string detail) {
          gaps.push_back(std::string(to_string(why_of_gap(cause))) + ": " + detail);
        });
  }
  files.insert(files.end(), gaps.begin(), gaps.end());
  return files;
}

}  // namespace pushguard::test
