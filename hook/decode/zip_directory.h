// SPDX-License-Identifier: Apache-2.0
// The records of a zip: local headers, directory entries, and the end record that names the
// directory. The format: PKWARE's APPNOTE.TXT, 4.3.7 and 4.3.12 to 4.3.16.
//
// A zip says most things twice, and readers believe one or the other. Where the two differ it
// is a contradiction, which is told and never resolved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

struct ZipFile {
  std::string_view name;
  uint16_t flags = 0, method = 0;
  uint32_t crc = 0;
  uint64_t packed = 0, unpacked = 0;  // sizes in bytes
  uint64_t local_at = 0;              // a directory's: where it says that the local header is
  size_t begin = 0, end = 0;          // the record; the data follows that of a local header
  bool odd = false;                   // it gives a size more than once
  std::string_view extra;             // of a local header, before it is read

  bool is_encrypted() const { return flags & 1; }
  bool has_descriptor() const { return flags & 8; }  // sizes follow the data
};

// None when the signature or the end is missing. The extra fields, which may be long, are not read;
// read_local_extra() reads sizes of 64 bits in them.
std::optional<ZipFile> local_file(std::string_view content, uint64_t at);
void read_local_extra(ZipFile& file);

// Whether `local` says of its file what the directory does, or leaves it to the descriptor.
bool agree(const ZipFile& local, const ZipFile& listed);

struct ZipDirectory {
  std::vector<ZipFile> files;
  uint64_t base = 0;           // added to places that the directory names; modulo 2^64
  std::vector<Range> records;  // the directory's own and the end's
  size_t begin = 0;            // of the directory
  std::string damage;          // why it could not be read to its end; "" if it was
  bool contradiction = false;  // its records do not agree
};

// What is known of the bytes in front of a zip.
enum class ZipFront : uint8_t {
  unknown,
  program,  // that unpacks the archive
  archive,  // of another format, as which readers take the whole
};

// The directory that the end record of `content` names; at most `most` files of it.
ZipDirectory read_zip_directory(std::string_view content, ZipFront front, size_t most);

// Whether `content` ends as a zip does: readers look for the end record from the end.
bool ends_as_zip(std::string_view content);
// The last place of `signature`, four bytes, in `content`; npos for none. Fast where its last
// byte, which is no text, is rare.
size_t last_zip_signature(std::string_view content, std::string_view signature);

inline constexpr std::string_view kZipLocal{"PK\3\4", 4}, kZipListed{"PK\1\2", 4},
    kZipEnd{"PK\5\6", 4}, kZipEnd64{"PK\6\6", 4}, kZipLocator{"PK\6\7", 4},
    kZipDescriptor{"PK\7\x8", 4};
// The end record with the longest comment.
inline constexpr size_t kZipTail = 22 + 65535;

}  // namespace pushguard
