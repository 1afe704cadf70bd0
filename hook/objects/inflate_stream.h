// SPDX-License-Identifier: Apache-2.0
// A zlib stream, or another wrapping of one, read piece by piece: for what is too
// large to be held or whose size is not known yet. By zlib: libdeflate, which
// inflates the rest three times as fast, knows no streams.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <span>

namespace pushguard {

class InflateStream {
 public:
  // The numbers are zlib's, for inflateInit2.
  enum class Wrapping : int { zlib = 15, gzip = 15 + 16, none = -15 };

  explicit InflateStream(std::span<const uint8_t> in, Wrapping wrapping = Wrapping::zlib);
  ~InflateStream();
  InflateStream(const InflateStream&) = delete;
  InflateStream& operator=(const InflateStream&) = delete;

  // Fills `out`, or as much of it as the stream still has; returns how much.
  // Throws Damaged.
  size_t read(std::span<uint8_t> out);
  // Whether the stream ends here, with a right checksum. Throws Damaged.
  bool at_end();
  // Bytes of the input that were not asked for.
  size_t left() const { return in_.size(); }
  // Bytes that the read which threw put into `out` before the damage.
  size_t salvaged() const { return salvaged_; }

 private:
  std::span<const uint8_t> in_;
  z_stream state_{};
  bool ended_ = false;
  size_t salvaged_ = 0;
};

}  // namespace pushguard
