// SPDX-License-Identifier: Apache-2.0
// Finds encoded text in a content: one fast pass, then a closer look at what it marks.
//
// These are found, whatever surrounds them:
// - base64 of both alphabets, at any of its four phases, with at least 31 digits that decode to
//   printable ASCII (text of 24 bytes always has them): 24 of them in one piece, or in two lines
//   that have nothing else; and base64 of gzip and zlib, which a few digits tell;
// - hex of at least 20 printable bytes, also in pairs;
// - words of 20 bytes and more with an escape (decode/escapes.h) that stands for printable ASCII;
// - words of 20 bytes and more that are joined from pieces of a string (decode/string_joint.h);
// - lines of quoted-printable with soft line ends, an escaped '=' or two escapes in a row;
// - UTF-16 of either byte order with 16 consecutive printable ASCII characters.
// Rejected: a pass over the content for each encoding.
#pragma once

#include <chrono>
#include <span>
#include <string_view>
#include <vector>

#include "decode/encoded_range.h"

namespace pushguard {

struct FoundEncoded {
  std::vector<EncodedRange> ranges;  // ordered by their start, each once
  bool is_complete = true;           // else the deadline passed
};

// All ranges that overlap `looks` or the kEncodedMargin bytes around them. Other ranges may be
// included. `looks` must be in ascending order. The deadline is asked for every 16 KiB.
FoundEncoded find_encoded(
    std::string_view content, std::span<const Range> looks,
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max());

}  // namespace pushguard
