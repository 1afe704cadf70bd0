// SPDX-License-Identifier: Apache-2.0
// EncodedRange -> its text, and the source position of each byte.
//
// The result depends only on the bytes of the range. Bytes that the encoding does not
// allow neither end the decoding nor throw: they are kept, or replaced by one byte, since
// a secret before or after them counts all the same.
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
