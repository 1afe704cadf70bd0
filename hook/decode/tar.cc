// SPDX-License-Identifier: Apache-2.0
#include "decode/tar.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "decode/tar_header.h"

namespace pushguard {
namespace {

class TarReader {
 public:
  TarReader(std::string_view content, ArchiveBudget& budget, const OnEntry& entry, const OnGap& gap)
      : content_(content), budget_(budget), entry_(entry) {
    gap_ = [this, &gap](Cause cause, std::string detail) {
      told_ = true;
      gap(cause, std::move(detail));
    };
  }
  TarReader(const TarReader&) = delete;
  TarReader& operator=(const TarReader&) = delete;

  void read() {
    while (content_.size() - at_ >= kTarBlock) {
      const std::string_view block = content_.substr(at_, kTarBlock);
      if (!is_tar_header(block)) {
        if (!is_readable_filler(block)) strange_ += kTarBlock;
        at_ += kTarBlock;
      } else if (!read_member(TarHeader(block))) {
        return;
      }
    }
    if (at_ < content_.size() && !is_readable_filler(content_.substr(at_))) {
      strange_ += content_.size() - at_;
    }
    if (strange_ > 0 && !told_) {  // else it follows
      gap_(Cause::no_reader, fmt::format("the tar has {} bytes that belong to no file", strange_));
    }
  }

 private:
  // Returns false when no more is to be read.
  bool read_member(const TarHeader& header) {
    at_ += kTarBlock;
    uint64_t size = header.size.value;
    bool odd = header.size.odd;
    if (header.describes_next()) {
      const std::string_view data = take(size, odd);
      if (odd) {
        tell("sizes that readers take in different ways");
        next_.odd = true;
      } else if (header.is_pax()) {
        read_pax(header.type, data);
      } else if (header.type == 'L') {
        next_.name = tar_text(data);
      }
      return true;
    }
    if (next_.size) size = *next_.size;
    const std::string name = next_.name.empty() ? header.name() : next_.name;
    const bool sparse = next_.sparse || header.type == 'S';
    odd = odd || next_.odd;
    next_ = {};
    if (sparse) gap_(Cause::no_reader, fmt::format("{} in a tar is sparse", named(name)));
    // Of what has no content by its type, some readers skip some all the same.
    if (!header.has_file() && size == 0) return true;
    odd = odd || !header.has_file();
    if (!budget_.may_go_on(gap_)) return false;
    const bool ends_early = size > content_.size() - at_;
    const std::string_view data = take(size, odd);
    if (odd) tell("sizes that readers take in different ways");
    const std::string_view kept = data.substr(0, budget_.bounds().most);
    budget_.charge(kept.size(), kept.size());
    if (kept.size() < data.size()) {
      gap_(Cause::too_large,
           fmt::format("{} in a tar has more than {} bytes", named(name), kept.size()));
    }
    entry_(name, kept);
    if (ends_early) gap_(Cause::damaged, "the tar is damaged: it ends too early");
    return true;
  }

  // The data behind a header; goes to the header that is behind it.
  std::string_view take(uint64_t size, bool odd) {
    const std::string_view data =
        content_.substr(at_, static_cast<size_t>(std::min<uint64_t>(size, content_.size())));
    if (odd) return data;
    const size_t padded = (data.size() + kTarBlock - 1) / kTarBlock * kTarBlock;
    at_ = std::min(content_.size(), at_ + padded);
    return data;
  }

  void read_pax(char type, std::string_view data) {
    const PaxRecords records = read_pax_records(data);
    const bool decides = records.size || records.sparse || records.odd;
    if (type == 'g') {
      if (decides) tell("a header for all files that readers take in different ways");
      return;
    }
    // Of two headers for one file, readers heed the first or the last.
    next_.odd = next_.odd || records.odd || (next_.described && decides);
    next_.described = true;
    next_.sparse = next_.sparse || records.sparse;
    if (!records.path.empty()) next_.name = records.path;
    if (records.size) next_.size = records.size;
  }

  // Once is enough.
  void tell(std::string_view has) {
    if (!told_odd_) gap_(Cause::contradictory, fmt::format("the tar has {}", has));
    told_odd_ = true;
  }

  std::string_view content_;
  ArchiveBudget& budget_;
  const OnEntry& entry_;
  OnGap gap_;
  size_t at_ = 0;
  size_t strange_ = 0;  // bytes that no file covers and that no scan can read
  bool told_ = false;   // of any gap
  bool told_odd_ = false;
  struct {  // what headers say of the next file
    std::string name;
    std::optional<uint64_t> size;
    bool sparse = false, odd = false, described = false;
  } next_;
};

}  // namespace

bool has_tar_header(std::string_view content) {
  if (content.size() < kTarBlock) return false;
  if (content.substr(257, 5) == "ustar") return true;
  for (; content.size() >= kTarBlock; content.remove_prefix(kTarBlock)) {
    if (is_tar_header(content.substr(0, kTarBlock))) return true;
  }
  return false;
}

void read_tar(std::string_view content, ArchiveBudget& budget, const OnEntry& entry,
              const OnGap& gap) {
  TarReader(content, budget, entry, gap).read();
}

}  // namespace pushguard
