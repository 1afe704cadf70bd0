// SPDX-License-Identifier: Apache-2.0
// The files in an ar archive: a static library, or a Debian package.
#pragma once

#include <string_view>

#include "decode/archive_budget.h"

namespace pushguard {

inline constexpr std::string_view kArMagic = "!<arch>\n";

void read_ar(std::string_view content, ArchiveBudget& budget, const OnEntry& entry,
             const OnGap& gap);

}  // namespace pushguard
