// SPDX-License-Identifier: Apache-2.0
// Whole zlib streams of known size, inflated by libdeflate.
//
// Rejected: zlib's inflate() (three times slower; git writes the size before the stream,
// so nothing needs to be streamed).
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

  // Inflates the zlib stream at the start of `in` into `out`. Returns false when the
  // stream is damaged, its checksum is wrong, or its size is not that of `out`.
  bool exactly(std::span<const uint8_t> in, std::span<uint8_t> out);

  enum class Fit { complete, larger, damaged };
  // Inflates as much as fits into `out`. Returns `complete` when the stream ended there,
  // and sets `written` to its size in bytes; `larger` when the stream goes on.
  Fit into(std::span<const uint8_t> in, std::span<uint8_t> out, size_t& written);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* decompressor) const;
  };
  // A decompressor keeps the tables of DEFLATE's fixed codes until a stream has codes of
  // its own. A third of a pack's entries, the small ones, use the fixed codes only, so
  // they have a decompressor of their own. Each is made when it is first needed: that
  // takes 12,000 of a small push's 470,000 instructions.
  std::unique_ptr<libdeflate_decompressor, Free> fixed_, other_;
};

}  // namespace pushguard
