// SPDX-License-Identifier: Apache-2.0
// A place in a content that holds other text in an encoding, found but not yet
// decoded.
//
// Which ranges a content has depends on nothing but the bytes of each range
// and the kEncodedMargin bytes around it, so that a delta's visitor can take over
// what stands in copied bytes. Rejected: ranges by blocks of the file (what is
// found would move with the bytes before it).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vocabulary/range.h"

namespace pushguard {

enum class Encoding : uint8_t { base64, hex, percent, escapes, quoted_printable, utf16 };

// As a person would say it: "base64", "URL encoding".
std::string_view to_string(Encoding);

struct EncodedRange {
  Range range;
  Encoding encoding = Encoding::base64;
  // Of base64 and hex, how many characters at the start belong to no whole group.
  uint8_t phase = 0;

  friend bool operator==(const EncodedRange&, const EncodedRange&) = default;
};

// No range has fewer bytes.
inline constexpr size_t kShortestEncoded = 20;
// Bytes around a range that decide where it begins and ends.
inline constexpr size_t kEncodedMargin = 128;

}  // namespace pushguard
