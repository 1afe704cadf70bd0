// SPDX-License-Identifier: Apache-2.0
// Walks through a statement from where a value is expected: over types, calls, operators and
// values that are only names, as far as the statement goes.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

enum class Expects : unsigned char {
  anything,
  argument,  // a literal, in the call that the name is in
};

// Appends where values may be from `at` on, and returns where it stopped.
size_t read_statement(std::string_view text, size_t at, Expects expects,
                      std::vector<Range>& values);

// The size of the operator of assignment, comparison or choice at `at`; 0 if there is none.
size_t operator_size(std::string_view text, size_t at);

}  // namespace pushguard
