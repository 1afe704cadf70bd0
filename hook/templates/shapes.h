// SPDX-License-Identifier: Apache-2.0
// Shapes that no generator of secrets makes: runs ("aaaaa"), ramps ("abcd", "4321"),
// repetitions ("abcabc"), asterisks and ellipses for text that was left out.
#pragma once

#include <string_view>

namespace pushguard {

// The name of the shape that makes up most of `body` (TemplateMatch::name), or "". Random text
// of 16 characters or more has none.
std::string_view template_shape(std::string_view body);

}  // namespace pushguard
