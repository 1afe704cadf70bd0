// SPDX-License-Identifier: Apache-2.0
// Shannon entropy of a byte string, in bits per byte: 0 for "aaaa", 8 at most.
#pragma once

#include <string_view>

namespace pushguard {

double entropy(std::string_view bytes);

}  // namespace pushguard
