// SPDX-License-Identifier: Apache-2.0
#include "codec/readable_text.h"

#include <algorithm>
#include <cstdint>

namespace pushguard {
namespace {

// Whether the byte is printable ASCII or belongs to a multi-byte character.
bool is_printable(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<uint8_t>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// Whether each lead byte is followed by the right number of continuation bytes.
bool is_utf8_shaped(std::string_view text) {
  int expected = 0;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    const bool continues = (byte & 0xc0) == 0x80;
    if (continues != (expected > 0) || byte >= 0xf8) return false;
    if (continues) {
      --expected;
    } else {
      expected = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
    }
  }
  return expected == 0;
}

}  // namespace

bool is_readable_text(std::string_view text) { return is_printable(text) && is_utf8_shaped(text); }

}  // namespace pushguard
