// SPDX-License-Identifier: Apache-2.0
// The files in gzip, zip (also jar, docx, whl, ...) and tar archives.
//
// An archive is recognised by its first bytes, not by its name, which the pusher chose. A
// zip is read by its central directory, as unpacking programs do. The limits bound all of
// it; what is left out is reported.
// Rejected: minizip (it reads through file callbacks and needs as much code around it as
// reading the directory takes); trusting the sizes in an archive (those of a zip bomb are false).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

enum class ArchiveKind : uint8_t { none, gzip, zip, tar };

ArchiveKind archive_kind(std::string_view content);
std::string_view to_string(ArchiveKind);

// Unpacks the archives of one object. The limits for bytes and files apply to all of them
// together.
class ArchiveReader {
 public:
  using OnEntry = std::function<void(std::string_view name, std::string_view content)>;
  // `why` is Why::archive or Why::out_of_time; `detail` is as in Unscanned.
  using OnGap = std::function<void(Why why, std::string detail)>;

  // `limits` must outlive it.
  explicit ArchiveReader(const Limits& limits)
      : limits_(limits), bytes_left_(limits.decoded_bytes), entries_left_(limits.archive_entries) {}

  // Calls `entry` for each file with what could be unpacked, and `gap` for each file or
  // rest that could not. The name is "" for the file in a gzip.
  void read(std::string_view content, ArchiveKind kind, const OnEntry& entry, const OnGap& gap);

 private:
  void read_gzip(std::string_view content, const OnEntry& entry, const OnGap& gap);
  void read_zip(std::string_view content, const OnEntry& entry, const OnGap& gap);
  void read_tar(std::string_view content, const OnEntry& entry, const OnGap& gap);
  // Whether another file may be unpacked; if not, calls `gap`.
  bool may_go_on(const OnGap& gap);
  // The most bytes that the next file may have.
  size_t most() const;

  const Limits& limits_;
  uint64_t bytes_left_;
  uint32_t entries_left_;
};

}  // namespace pushguard
