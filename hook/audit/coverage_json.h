// SPDX-License-Identifier: Apache-2.0
// The part of a record that says how much was looked at (objects/coverage.h).
#pragma once

#include <string_view>

#include "objects/coverage.h"
#include "vocabulary/json_writer.h"

namespace pushguard {

// How many objects of each type were seen, with their bytes in all, as "objects".
void write_objects(JsonWriter& json, const Coverage& coverage, std::string_view new_by);

// All counts, as "coverage". Kinds of which nothing was seen are left out.
void write_coverage(JsonWriter& json, const Coverage& coverage);

}  // namespace pushguard
