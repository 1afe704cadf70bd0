// SPDX-License-Identifier: Apache-2.0
// The files in archives (zip, which is also jar, docx, whl, ...; tar; ar, which is also deb)
// and in compressed files (gzip, bzip2, xz, lzma, lzip, zstd).
//
// What some common reader would extract is unpacked, or the archive is a gap with a reason:
// one that is encrypted, damaged, contradicts itself, or is of a format that nothing here
// reads. The limits bound all of it.
// Rejected: trusting the sizes in an archive (those of a zip bomb are false).
#pragma once

#include <string_view>

#include "decode/archive_budget.h"
#include "decode/archive_kind.h"

namespace pushguard {

// Unpacks the archives of one object. The limits for bytes and files apply to all of them
// together.
class ArchiveReader {
 public:
  // `limits` must outlive it.
  explicit ArchiveReader(const Limits& limits) : budget_(limits) {}

  // Calls `entry` for each file with what could be unpacked, and `gap` for each file or
  // rest that could not. The name is "" for the file in a compressed one. `kind` must be one
  // of archive_kinds(). Returns whether the content is of that kind after all.
  bool read(std::string_view content, ArchiveKind kind, const OnEntry& entry, const OnGap& gap);

 private:
  bool read_packed(std::string_view content, ArchiveKind kind, const OnEntry& entry,
                   const OnGap& gap);

  ArchiveBudget budget_;
};

}  // namespace pushguard
