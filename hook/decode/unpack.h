// SPDX-License-Identifier: Apache-2.0
// Unpacks compressed streams up to their end, a limit, or the first damage.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "decode/packed_stream.h"

namespace pushguard {

struct Unpacked {
  enum class End : unsigned char {
    whole,
    damaged,      // `text` has what came before the damage
    cut,          // `text` has the first `most` bytes
    too_wide,     // as PackedStream::State::too_wide
    too_many,     // `text` has the first kMostStreams streams
    out_of_time,  // `text` has what came before the deadline
  };
  std::string text;
  End end = End::whole;
  size_t taken = 0;  // bytes of the content that were read
};

// How far to unpack. The deadline is asked for in steps of some 64 KiB.
struct UnpackBounds {
  size_t most;  // bytes in all
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

// Whether `content` begins as a stream of that kind does. Never for a bare deflate.
bool begins_stream(std::string_view content, Packing packing);

// The first stream of `content`.
Unpacked unpack_stream(std::string_view content, Packing packing, const UnpackBounds& bounds);

// All streams at the front of `content`, one behind the other; there may be NULs between two.
// To begin one costs more than its few bytes pay for.
inline constexpr size_t kMostStreams = 10'000;
Unpacked unpack_streams(std::string_view content, Packing packing, const UnpackBounds& bounds);

}  // namespace pushguard
