#include "objects/inflate.h"

#include <libdeflate.h>

#include <new>

namespace pushguard {

void Inflater::Free::operator()(libdeflate_decompressor* decompressor) const {
  libdeflate_free_decompressor(decompressor);
}

Inflater::Inflater() : decompressor_(libdeflate_alloc_decompressor()) {
  if (!decompressor_) throw std::bad_alloc();
}

Inflater::~Inflater() = default;

bool Inflater::exactly(std::span<const uint8_t> in, std::span<uint8_t> out) {
  size_t written = 0;
  return into(in, out, written) == Fit::complete && written == out.size();
}

Inflater::Fit Inflater::into(std::span<const uint8_t> in, std::span<uint8_t> out,
                             size_t& written) {
  size_t consumed = 0;
  switch (libdeflate_zlib_decompress_ex(decompressor_.get(), in.data(), in.size(), out.data(),
                                        out.size(), &consumed, &written)) {
    case LIBDEFLATE_SUCCESS: return Fit::complete;
    case LIBDEFLATE_INSUFFICIENT_SPACE: return Fit::larger;
    default: return Fit::damaged;
  }
}

}  // namespace pushguard
