// SPDX-License-Identifier: Apache-2.0
#include "decode/archive_budget.h"

#include <algorithm>

#include <fmt/format.h>

namespace pushguard {

Why why_of_gap(Cause cause) {
  return cause == Cause::out_of_time ? Why::out_of_time : Why::archive;
}

bool ArchiveBudget::may_go_on(const OnGap& gap) {
  if (entries_left_ == 0) {
    gap(Cause::too_many,
        fmt::format("archives of more than {} files are not looked through to the end",
                    limits_.archive_entries));
    return false;
  }
  --entries_left_;
  if (bytes_left_ == 0) {
    gap(Cause::too_large,
        fmt::format("archives of more than {} bytes unpacked are not looked through to the end",
                    limits_.decoded_bytes));
    return false;
  }
  if (!limits_.out_of_time()) return true;
  gap(Cause::out_of_time, "the rest of an archive");
  return false;
}

UnpackBounds ArchiveBudget::bounds() const {
  return {static_cast<size_t>(std::min(bytes_left_, limits_.archive_bytes)), limits_.deadline};
}

void ArchiveBudget::charge(uint64_t read, uint64_t unpacked) {
  bytes_left_ -= std::min(bytes_left_, std::max(read, unpacked));
}

void tell_end(const Unpacked& file, std::string_view subject, const OnGap& gap) {
  switch (file.end) {
    case Unpacked::End::whole: return;
    case Unpacked::End::damaged: return gap(Cause::damaged, fmt::format("{} is damaged", subject));
    case Unpacked::End::cut:
      return gap(Cause::too_large,
                 fmt::format("{} unpacks to more than {} bytes", subject, file.text.size()));
    case Unpacked::End::too_wide:
      return gap(Cause::out_of_memory, fmt::format("{} takes more than {} MiB of memory to unpack",
                                                   subject, PackedStream::kMostWindow >> 20));
    case Unpacked::End::too_many:
      return gap(Cause::too_many, fmt::format("{} has more than {} streams, one behind the other",
                                              subject, kMostStreams));
    case Unpacked::End::out_of_time: return gap(Cause::out_of_time, "the rest of an archive");
  }
}

std::string named(std::string_view name) {
  constexpr size_t kMost = 255;
  if (name.size() > kMost) return fmt::format("a file with a name of {} bytes", name.size());
  return fmt::format("'{}'", name);
}

bool is_readable_filler(std::string_view bytes) {
  constexpr size_t kFew = 24;
  if (bytes.size() < kFew || bytes.find_first_not_of(bytes[0]) == bytes.npos) return true;
  return std::ranges::none_of(bytes, [](char c) {
    const auto byte = static_cast<uint8_t>(c);
    return (byte < ' ' && (byte < '\t' || byte > '\r')) || byte == 0x7f;
  });
}

}  // namespace pushguard
