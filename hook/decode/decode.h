// SPDX-License-Identifier: Apache-2.0
// EncodedRange -> its text, and the source position of each byte.
//
// The result depends only on the bytes of the range. Bytes that the encoding does not allow
// are kept or replaced by one byte; they neither end the decoding nor throw, because there
// may be a secret before or after them.
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

// `range` must come from find_encoded() on the same `content`.
Decoded decode(std::string_view content, const EncodedRange& range);

}  // namespace pushguard
