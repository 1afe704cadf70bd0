// SPDX-License-Identifier: Apache-2.0
// EncodedRange -> its text, and where each byte of it was written.
//
// The result depends on the range's own bytes alone. What an encoding does not
// allow ends nothing and throws nothing: it stays as it is, or one byte stands
// for it, since a secret before or behind it counts all the same.
#pragma once

#include <string>
#include <string_view>

#include "decode/encoded_range.h"
#include "decode/source_map.h"

namespace pushguard {

struct Decoded {
  std::string text;
  SourceMap map;
};

// `range` is one of find_encoded(content, ...).
Decoded decode(std::string_view content, const EncodedRange& range);

}  // namespace pushguard
