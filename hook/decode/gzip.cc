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

Unpacked unpack_gzip(std::string_view content, size_t most) {
  constexpr size_t kStep = 1 << 16;
  Unpacked result;
  try {
    do {
      InflateStream stream({reinterpret_cast<const uint8_t*>(content.data()), content.size()},
                           InflateStream::Wrapping::gzip);
      for (;;) {
        const size_t before = result.text.size();
        const size_t step = std::min(kStep, most - before);
        // One byte more than is kept tells whether there is more.
        result.text.resize(before + step + 1);
        const size_t got = stream.read(
            {reinterpret_cast<uint8_t*>(result.text.data()) + before, step + 1});
        if (got > step && before + step == most) {
          result.text.resize(most);
          result.end = Unpacked::End::cut;
          return result;
        }
        result.text.resize(before + got);
        if (got <= step) break;
      }
      content = content.substr(content.size() - stream.left());
    } while (is_gzip(content));
  } catch (const Damaged&) {
    result.end = Unpacked::End::damaged;
  }
  return result;
}

}  // namespace pushguard
