// SPDX-License-Identifier: Apache-2.0
// A DEFLATE stream read piece by piece, for content that is too large to hold or whose
// size is unknown.
//
// zlib does it. Rejected: libdeflate, which inflates everything else here three times as
// fast, but cannot stream.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <span>

namespace pushguard {

class InflateStream {
 public:
  // The values are the windowBits argument of zlib's inflateInit2().
  enum class Wrapping : int { zlib = 15, gzip = 15 + 16, none = -15 };

  explicit InflateStream(std::span<const uint8_t> in, Wrapping wrapping = Wrapping::zlib);
  ~InflateStream();
  InflateStream(const InflateStream&) = delete;
  InflateStream& operator=(const InflateStream&) = delete;

  // Reads up to out.size() bytes; returns how many. Fewer only at the end of the stream.
  // Throws Damaged.
  size_t read(std::span<uint8_t> out);
  // Whether the stream ends here with a correct checksum. Throws Damaged.
  bool at_end();
  // Bytes of the input after what was consumed.
  size_t left() const { return in_.size(); }
  // After a read() that threw: the number of bytes that it wrote before the damage.
  size_t salvaged() const { return salvaged_; }

 private:
  std::span<const uint8_t> in_;
  z_stream state_{};
  bool ended_ = false;
  size_t salvaged_ = 0;
};

}  // namespace pushguard
