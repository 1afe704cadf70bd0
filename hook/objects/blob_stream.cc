// SPDX-License-Identifier: Apache-2.0
#include "objects/blob_stream.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "objects/byte_reader.h"
#include "objects/inflate_stream.h"

namespace pushguard {
namespace {

// Advances the start of `part` (offset, line, column) past `bytes`.
void advance(Object::Part& part, std::string_view bytes) {
  part.offset += bytes.size();
  const size_t last = bytes.rfind('\n');
  if (last == bytes.npos) {
    part.column += bytes.size();
    return;
  }
  part.line += static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  part.column = bytes.size() - last;
}

}  // namespace

void stream_blob(std::span<const uint8_t> compressed, size_t header, uint64_t size, Object object,
                 const Limits& limits, ObjectVisitor& visitor, PartSizes sizes) {
  const auto unscanned = [&](Why why, std::string detail) {
    visitor.unscanned({object.id, object.type, size, why, std::move(detail)});
  };
  try {
    InflateStream stream(compressed);
    std::vector<uint8_t> buffer(sizes.bytes + 2 * sizes.margin);
    if (stream.read(std::span(buffer).first(header)) != header) {
      throw Damaged("its compressed data is damaged");
    }
    Object::Part part;
    part.size = size;
    object.part = &part;
    size_t held = 0;       // bytes in the buffer
    uint64_t left = size;  // bytes still to read
    for (;;) {
      const size_t wanted = static_cast<size_t>(std::min<uint64_t>(buffer.size() - held, left));
      if (stream.read(std::span(buffer).subspan(held, wanted)) != wanted) {
        throw Damaged("it is shorter than its header says");
      }
      held += wanted;
      left -= wanted;
      object.content = {reinterpret_cast<const char*>(buffer.data()), held};
      part.own.end = left == 0 ? held : held - sizes.margin;
      visitor.object(object);
      if (left == 0) break;
      if (limits.out_of_time()) {
        return unscanned(Why::out_of_time, "the end of a large blob");
      }
      // The next part starts with a margin before the end of this part's own bytes.
      const size_t gone = part.own.end - sizes.margin;
      advance(part, object.content.substr(0, gone));
      std::memmove(buffer.data(), buffer.data() + gone, held - gone);
      held -= gone;
      part.own.begin = sizes.margin;
    }
    if (!stream.at_end()) throw Damaged("it is longer than its header says");
  } catch (const Damaged& error) {
    unscanned(Why::damaged, error.what());
  }
}

}  // namespace pushguard
