// SPDX-License-Identifier: Apache-2.0
#include "decode/decode.h"

#include <algorithm>

#include "codec/byte_kinds.h"
#include "decode/digit_lines.h"
#include "decode/escapes.h"
#include "decode/string_joint.h"

namespace pushguard {
namespace {

// Decodes lines of digits, of `bits` bits each.
Decoded decode_digits(std::string_view content, const EncodedRange& range, unsigned bits,
                      uint8_t kind, int (*value)(uint8_t)) {
  Decoded decoded{{}, SourceMap(bits)};
  content = content.substr(0, range.range.end);
  decoded.text.reserve(range.range.size() * bits / 8);
  size_t begin = range.range.begin, skipped = 0, unit = 0;
  uint32_t word = 0;
  unsigned count = 0;
  for (Range piece = piece_at(content, begin, kind);;) {
    size_t at = begin;
    for (; at < piece.end && skipped < range.phase; ++at) ++skipped;
    decoded.map.add(unit, at, 1);
    unit += piece.end - at;
    for (; at < piece.end; ++at) {
      word = word << bits | static_cast<uint32_t>(value(static_cast<uint8_t>(content[at])));
      count += bits;
      if (count < 8) continue;
      count -= 8;
      decoded.text += static_cast<char>(word >> count & 0xff);
    }
    piece = piece_behind(content, piece, kind);
    if (piece.size() == 0) return decoded;
    begin = piece.begin;
  }
}

// Decodes bytes of which some are written as escapes. `joint_at` returns the size of what stands
// for no byte at all at a place.
template <typename EscapeAt, typename JointAt>
Decoded decode_escapes(std::string_view content, Range range, EscapeAt escape_at,
                       JointAt joint_at) {
  Decoded decoded;
  const std::string_view whole = content.substr(0, range.end);
  bool plain = false;  // the last piece consists of unescaped bytes
  for (size_t at = range.begin; at < range.end;) {
    const std::string_view rest = whole.substr(at);
    if (const size_t joint = joint_at(whole, at)) {
      plain = false;
      at += joint;
      continue;
    }
    const Escape escape = escape_at(rest);
    if (escape.value < 0) {
      if (!plain) decoded.map.add(decoded.text.size(), at, 1);
      plain = true;
      decoded.text += whole[at++];
      continue;
    }
    plain = false;
    decoded.map.add(decoded.text.size(), at, escape.length);
    decoded.text += static_cast<char>(escape.value);
    at += escape.length;
  }
  return decoded;
}

size_t no_joint(std::string_view, size_t) { return 0; }

Escape no_escape(std::string_view) { return {-1, 1}; }

size_t soft_line_end(std::string_view content, size_t at) {
  const std::string_view rest = content.substr(at);
  return rest.starts_with("=\n") ? 2 : rest.starts_with("=\r\n") ? 3 : 0;
}

Decoded decode_utf16(std::string_view content, Range range) {
  Decoded decoded;
  const auto is_zero = [&](size_t at) { return at >= content.size() || content[at] == 0; };
  // The last unit may end with its ASCII byte, where the content ends.
  decoded.map.add(0, range.begin, 2);
  decoded.map.add((range.size() - 1) / 2, range.end - 1, 1);
  for (size_t at = range.begin; at < range.end; at += 2) {
    const bool own = is_zero(at - 1) || is_zero(at + 1);
    decoded.text += own && static_cast<uint8_t>(content[at]) < 0x80 ? content[at] : kForeign;
  }
  return decoded;
}

}  // namespace

Decoded decode(std::string_view content, const EncodedRange& range) {
  switch (range.encoding) {
    case Encoding::base64: return decode_digits(content, range, 6, kBase64Byte, base64_value);
    case Encoding::hex: return decode_digits(content, range, 4, kHexByte, hex_value);
    case Encoding::percent: return decode_escapes(content, range.range, percent_escape, no_joint);
    case Encoding::escapes: return decode_escapes(content, range.range, backslash_escape, no_joint);
    case Encoding::entities: return decode_escapes(content, range.range, entity_escape, no_joint);
    case Encoding::joined: return decode_escapes(content, range.range, no_escape, string_joint);
    case Encoding::quoted_printable:
      return decode_escapes(content, range.range, quoted_escape, soft_line_end);
    case Encoding::utf16: break;
  }
  return decode_utf16(content, range.range);
}

}  // namespace pushguard
