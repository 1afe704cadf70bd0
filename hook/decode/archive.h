// SPDX-License-Identifier: Apache-2.0
// Files packed in a file: gzip, zip and what is built on it (jar, docx, whl), tar.
//
// An archive is known by its first bytes, not by a name that the pusher chose. A
// zip is read by its central directory, as programs that unpack it do. All is
// bounded by what ArchiveReader is given; whatever is left out is told.
// Rejected: minizip (it reads through callbacks for files, and wants as much code
// around it as reading the directory takes), believing the sizes that an archive
// tells (a bomb's lie).
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

// What of one object is unpacked: the bytes and files left count for all of its
// archives together.
class ArchiveReader {
 public:
  using OnEntry = std::function<void(std::string_view name, std::string_view content)>;
  // Why::archive or Why::out_of_time; the detail as in Unscanned.
  using OnGap = std::function<void(Why why, std::string detail)>;

  // `limits` must outlive it.
  explicit ArchiveReader(const Limits& limits)
      : limits_(limits), bytes_left_(limits.decoded_bytes), entries_left_(limits.archive_entries) {}

  // Calls `entry` for each file, with what could be unpacked of it, and `gap` for
  // what could not. The one file of a gzip has no name.
  void read(std::string_view content, ArchiveKind kind, const OnEntry& entry, const OnGap& gap);

 private:
  void read_gzip(std::string_view content, const OnEntry& entry, const OnGap& gap);
  void read_zip(std::string_view content, const OnEntry& entry, const OnGap& gap);
  void read_tar(std::string_view content, const OnEntry& entry, const OnGap& gap);
  // Whether another file may be unpacked; if not, says so.
  bool may_go_on(const OnGap& gap);
  // Bytes that the next file may have.
  size_t most() const;

  const Limits& limits_;
  uint64_t bytes_left_;
  uint32_t entries_left_;
};

}  // namespace pushguard
