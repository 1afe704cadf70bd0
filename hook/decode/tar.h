// SPDX-License-Identifier: Apache-2.0
// The files in a tar: POSIX ustar and pax, GNU's and Sun's own types, and tar of version 7.
//
// Readers differ: some go on behind the blocks that end an archive, some look for the next
// header behind a damaged one. Every block of 512 bytes with a right checksum is therefore a
// header, unless it is in a file on whose place all readers agree. Where they do not, the
// archive is a gap. Rejected: asking for "ustar", which version 7 does not write.
#pragma once

#include <string_view>

#include "decode/archive_budget.h"

namespace pushguard {

// Whether a block of `content` is the header of a file; or the first one means to be.
bool has_tar_header(std::string_view content);

void read_tar(std::string_view content, ArchiveBudget& budget, const OnEntry& entry,
              const OnGap& gap);

}  // namespace pushguard
