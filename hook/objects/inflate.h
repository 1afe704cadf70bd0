// SPDX-License-Identifier: Apache-2.0
// zlib streams of known size, whole, by libdeflate.
//
// Rejected: zlib's own inflate (three times slower; streaming is not needed
// where git writes the size before the stream).
#pragma once

#include <cstdint>
#include <memory>
#include <span>

struct libdeflate_decompressor;

namespace pushguard {

class Inflater {
 public:
  Inflater();
  ~Inflater();

  // Fills `out` exactly from the zlib stream at the start of `in`, checksum
  // included. False when the stream is damaged, or is shorter or longer.
  bool exactly(std::span<const uint8_t> in, std::span<uint8_t> out);

  enum class Fit { complete, larger, damaged };
  // As far as `out` goes: `complete` when the stream ended within it, with
  // `written` set; `larger` when the stream has more.
  Fit into(std::span<const uint8_t> in, std::span<uint8_t> out, size_t& written);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* decompressor) const;
  };
  // A decompressor keeps the fixed codes' tables until it meets other codes. A third
  // of a pack's entries, the small ones, have fixed codes alone. Each is made when
  // it is first needed: 12,000 instructions, of a small push's 470,000.
  std::unique_ptr<libdeflate_decompressor, Free> fixed_, other_;
};

}  // namespace pushguard
