// SPDX-License-Identifier: Apache-2.0
// Roughly how frequent a few characters are in source text. The keyword tables choose the
// anchor of a keyword by it; a wrong estimate costs time only.
#pragma once

#include <string_view>

namespace pushguard {

// The estimated frequency of the sequence `characters` (one or more, in any letter case),
// from 0 to 1: the product over its pairs.
double frequency_of(std::string_view characters);

}  // namespace pushguard
