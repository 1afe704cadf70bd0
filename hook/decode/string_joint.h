// SPDX-License-Identifier: Apache-2.0
// Where a program joins two pieces of a string: "ab" + "cd", "ab" "cd", 'ab' . 'cd', 'ab''cd',
// "ab" & _ "cd", and a line of a string that goes on after a backslash.
//
// Only a joint between two characters of words counts: a token has no blanks. Whether it is one
// depends on its own bytes and one on either side.
#pragma once

#include <cstddef>
#include <string_view>

namespace pushguard {

// The size of the joint that starts at `position` with a quote or a backslash; 0 for none.
size_t string_joint(std::string_view content, size_t position);
// The size of the joint that ends before `position`; 0 for none.
size_t string_joint_before(std::string_view content, size_t position);

// The most bytes of a joint.
inline constexpr size_t kWidestJoint = 96;

}  // namespace pushguard
