// SPDX-License-Identifier: Apache-2.0
// Scans the files in archives, each like a blob of its own.
//
// A finding has the name of the packed file and the line in it. An archive with any fresh
// byte is unpacked whole: compressed bytes differ from the first change on, so nothing can be
// taken over from a delta's base. An archive cannot be read in parts; the parts of a large
// blob are therefore collected from the first one in which an archive may begin, up to a limit.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "decode/archive.h"
#include "detect/finding.h"
#include "objects/coverage.h"

namespace pushguard {

class ArchiveScanner {
 public:
  // Returns the findings in the content of a file, encodings included. `cause` is set to why it
  // was not scanned to its end, if it was not.
  using FindIn =
      std::function<std::vector<Finding>(const Object& file, std::optional<Cause>& cause)>;

  ArchiveScanner(const Limits& limits, FindIn find_in)
      : limits_(limits), find_in_(std::move(find_in)) {}

  // The findings in the files of `object`, if it is a blob and an archive. For an object in
  // parts, all are returned with the last part.
  std::vector<Finding> scan(const Object& object);

  // What the last scan() did not unpack.
  const std::vector<Unscanned>& unscanned() const { return unscanned_; }
  // Of the scans since the last call.
  ContentCoverage take_coverage() { return std::exchange(coverage_, {}); }

 private:
  std::vector<Finding> scan_whole(const Object& object, std::string_view content);
  // The findings in the archives that `content` is, of which `kinds` has one or more.
  std::vector<Finding> unpacked(const Object& object, std::string_view content,
                                const std::vector<ArchiveKind>& kinds, ArchiveReader& reader,
                                uint32_t layer);
  std::vector<Finding> unpacked(const Object& object, std::string_view content, ArchiveKind kind,
                                ArchiveReader& reader, uint32_t layer);
  std::vector<Finding> collect_part(const Object& object);
  void look_at_large_part(const Object& object);
  void leave_out(const Object& object, Cause cause, Why why, std::string detail);
  void leave_out(const Object& object, Cause cause, std::string detail) {
    leave_out(object, cause, why_of_gap(cause), std::move(detail));
  }
  // The archive of that kind, which is let go if there is a cause.
  void count(std::string_view kind, uint64_t bytes, const std::optional<Cause>& cause,
             const Amount& files);
  // Adds to `found` what is in the names that are told. One that is put together, by a tar or of
  // archives in each other, is nowhere as a whole in what was scanned.
  void add_names(const Object& object, std::vector<Finding>& found);
  void sum_up();

  const Limits limits_;
  FindIn find_in_;
  std::string parts_;  // of what may be an archive and arrives in parts
  bool collecting_ = false;
  // As seen so far, of a blob that is too large to collect.
  bool is_large_archive_ = false, has_zip_directory_ = false;
  std::vector<Unscanned> unscanned_;
  std::array<uint64_t, std::size(kAllWhys)> left_out_{};  // more than `unscanned_` names, by Why
  ContentCoverage coverage_;
  size_t found_ = 0;  // findings in the files of the object at hand
};

// Adds `packed`, the findings in the files of an archive, to `found`, those in its own bytes.
// A secret in a file that is stored uncompressed is in both; the one with the name is kept.
void add_packed(std::vector<Finding>& found, std::vector<Finding> packed);

}  // namespace pushguard
