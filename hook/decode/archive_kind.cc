// SPDX-License-Identifier: Apache-2.0
#include "decode/archive_kind.h"

#include <algorithm>
#include <array>

#include "decode/ar.h"
#include "decode/tar.h"
#include "decode/unpack.h"

namespace pushguard {
namespace {

using namespace std::string_view_literals;

constexpr ArchiveKind kPacked[] = {ArchiveKind::gzip, ArchiveKind::bzip2, ArchiveKind::xz,
                                   ArchiveKind::lzma, ArchiveKind::lzip,  ArchiveKind::zstd};

// Programs look for these behind other bytes, too.
constexpr std::string_view kRarMagic = "Rar!\x1a\x07"sv, k7zMagic = "7z\xbc\xaf\x27\x1c"sv,
                           kCabMagic = "MSCF\0\0\0\0"sv;
constexpr std::string_view kRar = "a rar archive", k7z = "a 7z archive", kCab = "a cabinet (cab)";

// Whether `magic` is in `content`. Fast where its byte at `rare` is.
bool has(std::string_view magic, size_t rare, std::string_view content) {
  for (size_t at = rare; at < content.size(); ++at) {
    at = content.find(magic[rare], at);
    if (at == content.npos) return false;
    if (content.substr(at - rare).starts_with(magic)) return true;
  }
  return false;
}

// Short magic numbers that text may begin with need a second look.
bool is_ascii_cpio(std::string_view content) {
  constexpr size_t kHeader = 76;
  return content.size() > kHeader &&
         content.substr(0, kHeader).find_first_not_of("0123456789abcdefABCDEF") == content.npos;
}
bool is_old_cpio(std::string_view content) {
  return content.substr(0, 26).find('\0') != content.npos;
}
bool is_arj(std::string_view content) {
  return content.size() > 3 && content[3] < 0x0b && content[3] >= 0;
}
bool is_lha(std::string_view content) { return content.size() > 21 && content[6] == '-'; }

struct Magic {
  std::string_view bytes, format;
  size_t at = 0;
  bool (*check)(std::string_view content) = nullptr;

  bool is_in(std::string_view content) const {
    return content.size() > at && content.substr(at).starts_with(bytes) &&
           (!check || check(content));
  }
};

constexpr Magic kAtStart[] = {
    {k7zMagic, k7z},
    {kRarMagic, kRar},
    {"RE\x7e\x5e"sv, "a rar archive"sv},
    {kCabMagic, kCab},
    {"ISc("sv, "an InstallShield cabinet"sv},
    {"\x04\x22\x4d\x18"sv, "an lz4 file"sv},
    {"\x02\x21\x4c\x18"sv, "an lz4 file"sv},
    {"\x89LZO\0\r\n\x1a\n"sv, "an lzop file"sv},
    {"\x1f\x9d"sv, "a file packed by compress (.Z)"sv},
    {"\x1f\xa0"sv, "a file packed by compress (.Z)"sv},
    {"\x1f\x1e"sv, "a file packed by pack (.z)"sv},
    {"070701"sv, "a cpio archive"sv, 0, is_ascii_cpio},
    {"070702"sv, "a cpio archive"sv, 0, is_ascii_cpio},
    {"070707"sv, "a cpio archive"sv, 0, is_ascii_cpio},
    {"\xc7\x71"sv, "a cpio archive"sv, 0, is_old_cpio},
    {"\x71\xc7"sv, "a cpio archive"sv, 0, is_old_cpio},
    {"xar!"sv, "a xar archive"sv},
    {"\xed\xab\xee\xdb"sv, "an rpm package"sv},
    {"LRZI"sv, "an lrzip file"sv},
    {"\x60\xea"sv, "an arj archive"sv, 0, is_arj},
    {"MSWIM\0\0\0"sv, "a Windows image (wim)"sv},
    {"hsqs"sv, "a squashfs image"sv},
    {"sqsh"sv, "a squashfs image"sv},
    {"\xff\x06\0\0sNaPpY"sv, "a snappy file"sv},
    {"bvx2"sv, "an lzfse file"sv},
    {"StuffIt"sv, "a StuffIt archive"sv},
    {"SIT!"sv, "a StuffIt archive"sv},
    {"zPQ"sv, "a zpaq archive"sv},
    {"7kSt"sv, "a zpaq archive"sv},
    {"ALZ\1"sv, "an alz archive"sv},
    {"EGGA"sv, "an egg archive"sv},
    {"ITSF\3\0\0\0"sv, "a compiled help file (chm)"sv},
    {"PACK\0\0\0\2"sv, "a git pack"sv},
    {"PACK\0\0\0\3"sv, "a git pack"sv},
    {"# v2 git bundle\n"sv, "a git bundle"sv},
    {"# v3 git bundle\n"sv, "a git bundle"sv},
};
constexpr Magic kLater[] = {
    {"-lh"sv, "an lha archive"sv, 2, is_lha},  {"-lz"sv, "an lha archive"sv, 2, is_lha},
    {"**ACE**"sv, "an ace archive"sv, 7},      {"\xdc\xa7\xc4\xfd"sv, "a zoo archive"sv, 20},
    {"CD001"sv, "an ISO 9660 image"sv, 32769},
};

// By byte: whether a magic number begins with it.
constexpr std::array<bool, 256> kFirstBytes = [] {
  std::array<bool, 256> firsts{};
  for (const Magic& magic : kAtStart) firsts[static_cast<uint8_t>(magic.bytes[0])] = true;
  return firsts;
}();

bool is_program(std::string_view content) {
  for (const std::string_view magic : {"MZ"sv,
                                       "\x7f"
                                       "ELF"sv,
                                       "\xcf\xfa\xed\xfe"sv}) {
    if (content.starts_with(magic)) return true;
  }
  return false;
}

// A zip whose first bytes tell it, as readers of streams want it.
bool begins_as_zip(std::string_view content) {
  if (!content.starts_with("PK")) return false;
  for (const std::string_view mark : {"PK\7\x8"sv, "PK00"sv}) {  // of a divided archive
    if (content.starts_with(mark)) content.remove_prefix(mark.size());
  }
  return content.starts_with(kZipLocal);
}

}  // namespace

std::string_view to_string(ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::tar: return "tar";
    case ArchiveKind::ar: return "ar";
    case ArchiveKind::zip: return "zip";
    case ArchiveKind::unread: return "archive";
    default: return to_string(packing_of(kind));
  }
}

Packing packing_of(ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::gzip: return Packing::gzip;
    case ArchiveKind::bzip2: return Packing::bzip2;
    case ArchiveKind::xz: return Packing::xz;
    case ArchiveKind::lzma: return Packing::lzma;
    case ArchiveKind::lzip: return Packing::lzip;
    default: return Packing::zstd;
  }
}

std::vector<ArchiveKind> archive_kinds(std::string_view content) {
  std::vector<ArchiveKind> kinds;
  if (content.empty()) return kinds;
  for (const ArchiveKind kind : kPacked) {
    if (begins_stream(content, packing_of(kind))) kinds.push_back(kind);
  }
  if (content.starts_with(kArMagic)) kinds.push_back(ArchiveKind::ar);
  if (!unread_archive(content).empty()) kinds.push_back(ArchiveKind::unread);
  if (has_tar_header(content)) kinds.push_back(ArchiveKind::tar);
  if (begins_as_zip(content) || ends_as_zip(content)) kinds.push_back(ArchiveKind::zip);
  return kinds;
}

std::string_view unread_archive(std::string_view content) {
  if (!content.empty() && kFirstBytes[static_cast<uint8_t>(content[0])]) {
    for (const Magic& magic : kAtStart) {
      if (magic.bytes[0] == content[0] && magic.is_in(content)) return magic.format;
    }
  }
  for (const Magic& magic : kLater) {
    if (magic.is_in(content)) return magic.format;
  }
  const std::string_view behind = unread_archive_in(content);
  if (is_program(content)) {  // that may unpack the archive behind it
    if (behind == kRar) return "a rar archive that unpacks itself";
    if (behind == k7z) return "a 7z archive that unpacks itself";
  }
  return behind;
}

std::string_view unread_archive_in(std::string_view part) {
  if (has(kRarMagic, 4, part)) return kRar;
  if (has(k7zMagic, 5, part)) return k7z;
  const bool may_be_text = part.find('\0') == part.npos;
  return !may_be_text && has(kCabMagic, 3, part) ? kCab : "";
}

ZipFront zip_front(std::string_view content) {
  if (is_program(content)) return ZipFront::program;
  return content.starts_with(kArMagic) || has_tar_header(content) ? ZipFront::archive
                                                                  : ZipFront::unknown;
}

bool may_begin_archive(std::string_view part) {
  return last_zip_signature(part, kZipLocal) != part.npos || has_tar_header(part) ||
         !unread_archive_in(part).empty();
}

}  // namespace pushguard
