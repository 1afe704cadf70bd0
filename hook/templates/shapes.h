// SPDX-License-Identifier: Apache-2.0
// Shapes that no generator of secrets makes: runs, ramps, repetitions, marks
// of omission.
#pragma once

#include <string_view>

namespace pushguard {

// The name of the shape that covers most of `body`, or "". Random text of 16
// characters or more has none.
std::string_view template_shape(std::string_view body);

}  // namespace pushguard
