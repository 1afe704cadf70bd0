// SPDX-License-Identifier: Apache-2.0
// What a content is to the programs that unpack archives.
//
// It is told by bytes, not by a name, which the pusher chose, and in each way in which some program
// would open it: a zip is found by its end, a tar by a header in any block, a 7z, rar or cab by its
// magic number anywhere. An ordinary text costs a look at its first byte, at one byte of each 512,
// and a search for each of four bytes that no text has, one of them in the last 64 KiB only.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "decode/packed_stream.h"
#include "decode/zip_directory.h"

namespace pushguard {

enum class ArchiveKind : uint8_t { gzip, bzip2, xz, lzma, lzip, zstd, tar, ar, zip, unread };

std::string_view to_string(ArchiveKind);

// Usually none, seldom more than one; the one that the first bytes tell comes first.
std::vector<ArchiveKind> archive_kinds(std::string_view content);

// For each kind that is a compressed file.
Packing packing_of(ArchiveKind kind);

// The format of an archive that nothing here reads, with its article: "a 7z archive"; "" if
// `content` is of none that is known.
std::string_view unread_archive(std::string_view content);

// The same of one that may begin anywhere in `part` of a content: 7z, rar and cab.
std::string_view unread_archive_in(std::string_view part);

// What is in front of the zip that `content` is.
ZipFront zip_front(std::string_view content);

// Whether an archive may begin somewhere in `part` of a content, at a multiple of 512 bytes
// if it is a tar; for a content that is not at hand as a whole.
bool may_begin_archive(std::string_view part);

}  // namespace pushguard
