// SPDX-License-Identifier: Apache-2.0
#include "decode/archive.h"

#include <fmt/format.h>

#include "decode/ar.h"
#include "decode/tar.h"
#include "decode/unpack.h"
#include "decode/zip.h"

namespace pushguard {
namespace {

// Whether liblzma takes the properties of a .lzma file. 7-Zip takes more of them.
bool is_read_lzma(std::string_view content) {
  const unsigned contexts = static_cast<uint8_t>(content[0]) % 45;  // the rest is about places
  return contexts / 9 + contexts % 9 <= 4;
}

}  // namespace

bool ArchiveReader::read(std::string_view content, ArchiveKind kind, const OnEntry& entry,
                         const OnGap& gap) {
  switch (kind) {
    case ArchiveKind::zip: read_zip(content, zip_front(content), budget_, entry, gap); break;
    case ArchiveKind::tar: read_tar(content, budget_, entry, gap); break;
    case ArchiveKind::ar: read_ar(content, budget_, entry, gap); break;
    case ArchiveKind::unread:
      gap(Cause::no_reader, fmt::format("{} is not looked into", unread_archive(content)));
      break;
    default: return read_packed(content, kind, entry, gap);
  }
  return true;
}

bool ArchiveReader::read_packed(std::string_view content, ArchiveKind kind, const OnEntry& entry,
                                const OnGap& gap) {
  if (!budget_.may_go_on(gap)) return true;
  const Unpacked unpacked = unpack_streams(content, packing_of(kind), budget_.bounds());
  budget_.charge(unpacked.taken, unpacked.text.size());
  if (kind == ArchiveKind::lzma && unpacked.text.empty()) {
    if (!is_read_lzma(content)) {
      gap(Cause::no_reader, "the lzma has properties that are not read");
      return true;
    }
    // The format has no magic number: what breaks off at once, or says that it is empty, was none.
    const bool is_empty = content.substr(5, 8).find_first_not_of('\0') == content.npos;
    if (unpacked.end == Unpacked::End::damaged) return false;
    if (unpacked.end == Unpacked::End::whole && is_empty) return false;
  }
  tell_end(unpacked, fmt::format("the {}", to_string(kind)), gap);
  const std::string_view rest = content.substr(unpacked.taken);
  if (unpacked.end == Unpacked::End::whole && !is_readable_filler(rest)) {
    gap(Cause::no_reader,
        fmt::format("the {} has {} bytes behind its end", to_string(kind), rest.size()));
  }
  entry("", unpacked.text);
  return true;
}

}  // namespace pushguard
