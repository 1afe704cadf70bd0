// SPDX-License-Identifier: Apache-2.0
#include "decode/zip.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "decode/zip_directory.h"
#include "decode/zip_method.h"
#include "objects/byte_reader.h"
#include "vocabulary/range.h"

namespace pushguard {
namespace {

// The ranges between `covered` ones.
std::vector<Range> uncovered(std::vector<Range> covered, size_t size) {
  std::ranges::sort(covered, {}, &Range::begin);
  std::vector<Range> rest;
  size_t done = 0;
  for (const Range& range : covered) {
    if (range.begin > done) rest.push_back({done, range.begin});
    done = std::max(done, range.end);
  }
  if (size > done) rest.push_back({done, size});
  return rest;
}

// The signature of an Android package, which ends where the directory begins: the size of what
// follows is in front, and again before the name at the end.
bool ends_as_apk_signature(std::string_view bytes) {
  constexpr size_t kSize = 8, kEnd = 24;  // the size, and that with the name
  if (!bytes.ends_with("APK Sig Block 42") || bytes.size() < kSize + kEnd) return false;
  const std::string_view size = bytes.substr(bytes.size() - kEnd, kSize);
  const uint64_t follow = ByteReader({reinterpret_cast<const uint8_t*>(size.data()), kSize}).le64();
  if (follow < kEnd || follow > bytes.size() - kSize) return false;
  const size_t begin = bytes.size() - kSize - static_cast<size_t>(follow);
  return bytes.substr(begin, kSize) == size && is_readable_filler(bytes.substr(0, begin));
}

class ZipReader {
 public:
  ZipReader(std::string_view content, ZipFront front, ArchiveBudget& budget, const OnEntry& entry,
            const OnGap& gap)
      : content_(content), front_(front), budget_(budget), entry_(entry) {
    gap_ = [this, &gap](Cause cause, std::string detail) {
      told_ = true;
      gap(cause, std::move(detail));
    };
  }
  ZipReader(const ZipReader&) = delete;
  ZipReader& operator=(const ZipReader&) = delete;

  void read() {
    directory_ = read_zip_directory(content_, front_, budget_.entries_left() + size_t{1});
    if (!directory_.damage.empty()) {
      gap_(Cause::damaged, fmt::format("the zip is damaged: {}", directory_.damage));
    }
    covered_ = directory_.records;
    for (const ZipFile& listed : directory_.files) {
      if (!read_listed(listed)) return;
    }
    for (const Range& range : uncovered(covered_, content_.size())) {
      if (!read_unlisted(range)) return;
    }
    tell_rest();
  }

 private:
  // Both return false when no more is to be read.
  bool read_listed(const ZipFile& listed) {
    if (!budget_.may_go_on(gap_)) return false;
    auto local = local_file(content_, directory_.base + listed.local_at);
    if (!local) {
      gap_(Cause::contradictory,
           fmt::format("{} in a zip is not where the directory says", named(listed.name)));
      return true;
    }
    read_extra(*local);
    const bool agreed = agree(*local, listed);
    if (!agreed) {
      gap_(Cause::contradictory,
           fmt::format("{} in a zip is not what the directory says", named(listed.name)));
      ZipFile other = *local;
      other.name = listed.name;
      if (other.packed > 0) unpack(other, local->end, other.packed);
    }
    const auto end = unpack(listed, local->end, listed.packed);
    if (!end || !agreed) return true;
    // Where the size is not in front, readers of streams look for a descriptor in the data.
    const bool ends_twice =
        local->has_descriptor() && listed.method == 0 &&
        content_.substr(local->end, *end - local->end).find(kZipDescriptor) != content_.npos;
    contradiction_ = contradiction_ || ends_twice;
    if (!ends_twice) cover({local->begin, *end}, local->has_descriptor());
    return true;
  }

  // Files whose local header is in `range`, which nothing explains so far.
  bool read_unlisted(const Range& range) {
    const std::string_view searched =
        content_.substr(0, range.end + std::min(content_.size() - range.end, kZipLocal.size() - 1));
    for (size_t at = range.begin;;) {
      at = searched.find(kZipLocal, at);
      if (at == searched.npos) return true;
      auto local = local_file(content_, at);
      ++at;
      if (!budget_.may_go_on(gap_)) return false;
      if (!local || local->name.empty() || !is_zip_method(local->method)) continue;
      read_extra(*local);
      const bool open = local->has_descriptor() && local->packed == 0;
      const size_t room = range.end - std::min(range.end, local->end);
      if (open && local->method == 0) {
        // Its end is nowhere told.
        gap_(Cause::contradictory,
             fmt::format("{} in a zip has an unknown size", named(local->name)));
        unpack(*local, local->end, room);
        continue;
      }
      const auto end = unpack(*local, local->end, open ? room : local->packed, open);
      if (!end) continue;
      cover({local->begin, *end}, local->has_descriptor());
      if (covered_.back().end > range.end) contradiction_ = true;
      at = std::max(at, covered_.back().end);
    }
    return true;
  }

  // Many headers may have the same bytes for their extra fields.
  void read_extra(ZipFile& local) {
    read_local_extra(local);
    budget_.charge(local.extra.size(), 0);
  }

  // Unpacks `file`, whose data begins at `begin`; returns where it ends, unless there is more
  // or less data than it needs. With `open` the end of the compressed stream is the end.
  std::optional<size_t> unpack(const ZipFile& file, size_t begin, uint64_t size,
                               bool open = false) {
    const std::string subject = named(file.name) + " in a zip";
    if (size > content_.size() - begin) {
      gap_(Cause::damaged, fmt::format("{} ends too early", subject));
      return std::nullopt;
    }
    const size_t end = begin + static_cast<size_t>(size);
    if (const std::string_view why = unread_zip_method(file); !why.empty()) {
      gap_(why == kEncrypted ? Cause::encrypted : Cause::no_reader,
           fmt::format("{} is {}", subject, why));
      return open ? std::nullopt : std::optional(end);
    }
    const std::string_view data = content_.substr(begin, static_cast<size_t>(size));
    const Unpacked unpacked = unpack_zip_file(file, data, budget_.bounds());
    constexpr uint16_t kLzma = 14;  // which is copied first
    budget_.charge(file.method == kLzma ? data.size() : unpacked.taken, unpacked.text.size());
    tell_end(unpacked, subject, gap_);
    if (!unpacked.text.empty()) entry_(file.name, unpacked.text);
    if (unpacked.end != Unpacked::End::whole) return open ? std::nullopt : std::optional(end);
    if (open) return begin + unpacked.taken;
    if (unpacked.text.size() != file.unpacked || unpacked.taken != data.size()) {
      gap_(Cause::contradictory, fmt::format("{} has not the size that is named", subject));
      return std::nullopt;
    }
    return end;
  }

  // `range` is a header and its data. The descriptor behind it comes in four forms.
  void cover(Range range, bool has_descriptor) {
    if (has_descriptor) {
      const std::string_view behind = content_.substr(range.end);
      const size_t mark = behind.starts_with(kZipDescriptor) ? kZipDescriptor.size() : 0;
      const auto is_next = [&](size_t size) {
        const std::string_view next = behind.substr(std::min(behind.size(), mark + size));
        return next.empty() || next.starts_with("PK") ||
               range.end + mark + size == directory_.begin;
      };
      range.end += mark + (!is_next(12) && is_next(20) ? 20 : 12);
      range.end = std::min(range.end, content_.size());
    }
    covered_.push_back(range);
  }

  void tell_rest() {
    size_t strange = 0;
    for (const Range& range : uncovered(covered_, content_.size())) {
      const std::string_view bytes = content_.substr(range.begin, range.size());
      if (range.begin == 0 && front_ != ZipFront::unknown) continue;
      if (bytes.find(kZipListed) != bytes.npos || bytes.find(kZipEnd) != bytes.npos) {
        contradiction_ = true;
      }
      const bool is_signature = range.end == directory_.begin && ends_as_apk_signature(bytes);
      if (!is_readable_filler(bytes) && !is_signature) strange += bytes.size();
    }
    if (directory_.damage.empty() && (contradiction_ || directory_.contradiction)) {
      gap_(Cause::contradictory, "the zip contradicts itself: readers find different files in it");
    }
    if (strange > 0 && !told_) {  // else it follows
      gap_(Cause::no_reader, fmt::format("the zip has {} bytes that belong to no file", strange));
    }
  }

  std::string_view content_;
  ZipFront front_;
  ArchiveBudget& budget_;
  const OnEntry& entry_;
  OnGap gap_;
  ZipDirectory directory_;
  std::vector<Range> covered_;  // what is explained
  bool contradiction_ = false;
  bool told_ = false;  // of any gap
};

}  // namespace

void read_zip(std::string_view content, ZipFront front, ArchiveBudget& budget, const OnEntry& entry,
              const OnGap& gap) {
  ZipReader(content, front, budget, entry, gap).read();
}

}  // namespace pushguard
