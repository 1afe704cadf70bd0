// SPDX-License-Identifier: Apache-2.0
// The values of Kustomize's secretGenerator: whatever is in its lists of literals.
//
//   secretGenerator:
//   - name: app
//     literals:
//     - license=V
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

// How far from `secretGenerator:` its literals are read, in bytes.
inline constexpr size_t kKustomizeReach = 2048;

// For Validator::values; `generator` is where the list of generators begins.
bool read_kustomize_literals(std::string_view content, Range generator, uint64_t& bytes,
                             std::vector<Range>& values);

}  // namespace pushguard
