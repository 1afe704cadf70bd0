// SPDX-License-Identifier: Apache-2.0
// What the archives of one object may still take, shared by the readers of all formats.
//
// Both what is read and what is unpacked is charged: a stream may be long and hold nothing,
// and many files of an archive may name the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "decode/unpack.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

using OnEntry = std::function<void(std::string_view name, std::string_view content)>;
// `detail` is as in Unscanned.
using OnGap = std::function<void(Cause cause, std::string detail)>;

// The policy for a gap in an archive.
Why why_of_gap(Cause cause);

class ArchiveBudget {
 public:
  // `limits` must outlive it.
  explicit ArchiveBudget(const Limits& limits)
      : limits_(limits), bytes_left_(limits.decoded_bytes), entries_left_(limits.archive_entries) {}

  // Whether another file may be unpacked, which is counted; if not, calls `gap`.
  bool may_go_on(const OnGap& gap);
  // For the next file.
  UnpackBounds bounds() const;
  void charge(uint64_t read, uint64_t unpacked);
  uint32_t entries_left() const { return entries_left_; }

 private:
  const Limits& limits_;
  uint64_t bytes_left_;
  uint32_t entries_left_;
};

// Calls `gap` unless `file`, which `subject` names, was unpacked whole.
void tell_end(const Unpacked& file, std::string_view subject, const OnGap& gap);

// How a gap names a file in an archive. A name that is too long is left out and never cut:
// half of a secret in it could not be redacted any more.
std::string named(std::string_view name);

// Whether bytes that belong to no file hide nothing: they are few, or all alike, or text,
// which the scan of the archive's own bytes reads.
bool is_readable_filler(std::string_view bytes);

}  // namespace pushguard
