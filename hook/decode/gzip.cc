// SPDX-License-Identifier: Apache-2.0
#include "decode/gzip.h"

#include <algorithm>

#include "objects/byte_reader.h"
#include "objects/inflate_stream.h"

namespace pushguard {

bool is_gzip(std::string_view content) {
  constexpr size_t kHeaderAndTrailer = 18;
  return content.size() >= kHeaderAndTrailer && content.starts_with("\x1f\x8b\x08") &&
         (static_cast<uint8_t>(content[3]) & 0xe0) == 0;
}

namespace {

// Unpacks one stream from the front of `content`, which it consumes. Appends to the text up
// to `most` bytes in all.
void unpack(std::string_view& content, InflateStream::Wrapping wrapping, size_t most,
            Unpacked& result) {
  constexpr size_t kStep = 1 << 16;
  InflateStream stream({reinterpret_cast<const uint8_t*>(content.data()), content.size()},
                       wrapping);
  for (;;) {
    const size_t before = result.text.size();
    const size_t step = std::min(kStep, most - before);
    // Asks for one byte more than is kept, to know whether there is more.
    result.text.resize(before + step + 1);
    size_t got = 0;
    try {
      got = stream.read({reinterpret_cast<uint8_t*>(result.text.data()) + before, step + 1});
    } catch (const Damaged&) {
      result.text.resize(before + std::min(stream.salvaged(), step));
      throw;
    }
    result.text.resize(before + std::min(got, step));
    if (got <= step) break;
    if (before + step == most) {
      result.end = Unpacked::End::cut;
      break;
    }
    result.text.resize(before + got);
  }
  content.remove_prefix(content.size() - stream.left());
}

}  // namespace

Unpacked unpack_gzip(std::string_view content, size_t most) {
  Unpacked result;
  try {
    do {
      unpack(content, InflateStream::Wrapping::gzip, most, result);
    } while (result.end == Unpacked::End::whole && is_gzip(content));
  } catch (const Damaged&) {
    result.end = Unpacked::End::damaged;
  }
  return result;
}

Unpacked unpack_deflate(std::string_view content, size_t most) {
  Unpacked result;
  try {
    unpack(content, InflateStream::Wrapping::none, most, result);
  } catch (const Damaged&) {
    result.end = Unpacked::End::damaged;
  }
  return result;
}

}  // namespace pushguard
