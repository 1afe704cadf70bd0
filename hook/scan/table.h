// SPDX-License-Identifier: Apache-2.0
// Aligned columns of text.
#pragma once

#include <string>
#include <vector>

namespace pushguard {

// A line for each row, whose cells are as wide as the widest of their column. One that is wider
// than 60 bytes stands out of its column: no cell is cut.
std::string render_columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace pushguard
