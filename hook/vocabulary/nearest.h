// SPDX-License-Identifier: Apache-2.0
// The name that was meant, for a name that there is not.
#pragma once

#include <span>
#include <string_view>

namespace pushguard {

// Of `known`, the one that is a few letters away from `name` (two, or a quarter
// of a longer name); "" if none is.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace pushguard
