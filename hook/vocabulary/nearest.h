// SPDX-License-Identifier: Apache-2.0
// The name that was meant, for a name that there is not.
#pragma once

#include <span>
#include <string_view>

namespace pushguard {

// The element of `known` that is nearest to `name`, at most two letters away, or a quarter of
// a longer name; "" if there is none.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace pushguard
