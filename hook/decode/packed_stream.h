// SPDX-License-Identifier: Apache-2.0
// One compressed stream, unpacked piece by piece by the library of its format.
//
// No stream takes more memory than kMostWindow for what it refers back to, whatever its header
// asks for. Rejected: libarchive, which reads all of these formats and the archives as well,
// but as one reader among several that differ, and links six libraries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace pushguard {

enum class Packing : uint8_t { deflate, gzip, zlib, bzip2, xz, lzma, lzip, zstd };

std::string_view to_string(Packing);

class PackedStream {
 public:
  // What `xz -9` and `zstd --ultra -22` ask for is within it.
  static constexpr uint64_t kMostWindow = uint64_t{128} << 20;

  enum class State : uint8_t {
    more,      // the piece is full
    ended,     // the stream is whole, its checksum included
    damaged,   // also: it ends too early
    too_wide,  // it asks for more memory than kMostWindow, or than there is
  };
  struct Piece {
    size_t size;  // bytes written, also before damage
    State state;
  };

  virtual ~PackedStream() = default;
  // Fills `out`, which is not empty, unless the stream ends or cannot be read on.
  virtual Piece read(std::span<uint8_t> out) = 0;
  // Bytes of the input that are not read yet.
  virtual size_t left() const = 0;
};

// `in` must outlive the stream. It may have other bytes behind the stream.
std::unique_ptr<PackedStream> open_packed_stream(Packing packing, std::span<const uint8_t> in);

}  // namespace pushguard
