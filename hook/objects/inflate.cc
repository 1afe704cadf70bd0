// SPDX-License-Identifier: Apache-2.0
#include "objects/inflate.h"

#include <libdeflate.h>

#include <new>

namespace pushguard {
namespace {

// Whether the first block of a zlib stream uses the fixed Huffman codes: RFC 1951, 3.2.3,
// after the two bytes of the zlib header (RFC 1950).
bool starts_fixed(std::span<const uint8_t> zlib) {
  return zlib.size() > 2 && (zlib[2] >> 1 & 3) == 1;
}

}  // namespace

void Inflater::Free::operator()(libdeflate_decompressor* decompressor) const {
  libdeflate_free_decompressor(decompressor);
}

Inflater::Inflater() = default;

Inflater::~Inflater() = default;

bool Inflater::exactly(std::span<const uint8_t> in, std::span<uint8_t> out) {
  size_t written = 0;
  return into(in, out, written) == Fit::complete && written == out.size();
}

Inflater::Fit Inflater::into(std::span<const uint8_t> in, std::span<uint8_t> out, size_t& written) {
  size_t consumed = 0;
  auto& decompressor = starts_fixed(in) ? fixed_ : other_;
  if (!decompressor) decompressor.reset(libdeflate_alloc_decompressor());
  if (!decompressor) throw std::bad_alloc();
  switch (libdeflate_zlib_decompress_ex(decompressor.get(), in.data(), in.size(), out.data(),
                                        out.size(), &consumed, &written)) {
    case LIBDEFLATE_SUCCESS: return Fit::complete;
    case LIBDEFLATE_INSUFFICIENT_SPACE: return Fit::larger;
    default: return Fit::damaged;
  }
}

}  // namespace pushguard
