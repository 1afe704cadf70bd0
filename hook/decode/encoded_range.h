// SPDX-License-Identifier: Apache-2.0
// A range of a content that contains encoded text; found, but not decoded yet.
//
// Whether a range is found depends only on its own bytes, or those of its run, and on the
// kEncodedMargin bytes around it. Ranges in bytes that a delta copied can therefore be taken over
// from the base. Rejected: ranges by blocks of the file (they would move with the bytes before
// them).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vocabulary/range.h"

namespace pushguard {

enum class Encoding : uint8_t {
  base64,
  hex,
  percent,
  escapes,
  entities,
  quoted_printable,
  joined,
  utf16
};

// The name for people: "base64", "URL encoding".
std::string_view to_string(Encoding);

struct EncodedRange {
  Range range;
  Encoding encoding = Encoding::base64;
  // For base64 and hex: the number of characters before the first whole group.
  uint8_t phase = 0;
  // Of a part of a run of digits: the run, whose bytes decide whether the part is found.
  Range run{};

  // The bytes that decide, without the margin.
  Range decided_by() const { return run.size() > 0 ? run : range; }

  friend bool operator==(const EncodedRange&, const EncodedRange&) = default;
};

// The fewest bytes of a range.
inline constexpr size_t kShortestEncoded = 20;
// The number of bytes on both sides of a range that decide where it begins and ends.
inline constexpr size_t kEncodedMargin = 128;

}  // namespace pushguard
