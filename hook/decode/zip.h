// SPDX-License-Identifier: Apache-2.0
// The files in a zip: those that its directory names, and those of which only local headers
// tell, which readers of streams see.
//
// What the directory and a local header both name counts as explained. In all other bytes
// further headers are looked for; what then belongs to no file, cannot be read as text, and
// is no program in front of the archive, is a gap. So is every contradiction, whichever of
// two readers is right. Rejected: minizip, which reads a zip in one way.
#pragma once

#include <string_view>

#include "decode/archive_budget.h"
#include "decode/zip_directory.h"

namespace pushguard {

void read_zip(std::string_view content, ZipFront front, ArchiveBudget& budget, const OnEntry& entry,
              const OnGap& gap);

}  // namespace pushguard
